package org.penstock.acceptance.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.penstock.acceptance.foreign.ForeignBundle;

/**
 * Runs every test of package {@code inside} in the framework, on the unpacked distribution. Without
 * it components would be tested as classes only, and unresolved imports would go unseen.
 */
class InFrameworkTest {

  @TempDir static Path folder;
  private static HostFramework host;

  @BeforeAll
  static void start() throws BundleException, IOException {
    ForeignBundle foreign = new ForeignBundle(folder);
    for (String version : List.of("1.0.0", "1.1.0")) {
      Path jar = folder.resolve("acme-" + version + ".jar");
      System.setProperty("penstock.acme-" + version, jar.toString());
      Files.write(jar, foreign.jar(version));
    }
    host = HostFramework.start(folder);
  }

  @AfterAll
  static void stop() throws BundleException {
    if (host != null) {
      host.stop();
    }
  }

  @Test
  void everyBundleOfTheDistributionIsActive() {
    List<String> idle = new ArrayList<>();
    for (Bundle bundle : host.bundles()) {
      boolean isFragment = bundle.getHeaders("").get("Fragment-Host") != null;
      if (bundle.getState() != Bundle.ACTIVE && !isFragment) {
        idle.add(bundle.getSymbolicName() + " is in state " + bundle.getState());
      }
    }
    assertEquals(List.of(), idle);
  }

  @TestFactory
  List<DynamicNode> inside() {
    List<DynamicNode> results = new ArrayList<>();
    for (InsideRun.Result result : new InsideRun(host.tests()).results()) {
      results.add(DynamicTest.dynamicTest(result.name(), result::rethrow));
    }
    if (results.isEmpty()) {
      fail("no test ran inside the framework");
    }
    return results;
  }
}
