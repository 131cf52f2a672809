package org.penstock.acceptance.kura;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;

/**
 * The drivers and what travels with them on a framework that exports what Kura 5.6 exports. Without
 * it a driver could come to need something that only our gateway has.
 */
class RunsOnKuraTest {

  private static final Path BUNDLES = Path.of(System.getProperty("penstock.top"), "bundles");
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** What Kura 5.6's OSGi runtime has at least. */
  private static final Map<String, String> OSGI =
      Map.of(
          "org.osgi.framework", "1.8.0",
          "org.osgi.util.tracker", "1.5.1",
          "org.osgi.service.cm", "1.4.0",
          "org.osgi.service.event", "1.3.0",
          "org.osgi.service.metatype", "1.2.0",
          "org.osgi.service.component", "1.2.0",
          "org.osgi.service.useradmin", "1.1.0",
          "org.osgi.service.wireadmin", "1.0.1",
          "org.osgi.service.io", "1.0.0",
          "org.slf4j", "1.7.36");

  @TempDir static Path folder;
  private static final Map<String, Bundle> INSTALLED = new LinkedHashMap<>();
  private static KuraFramework kura;

  @BeforeAll
  static void start() throws BundleException, IOException {
    kura = new KuraFramework(folder);
    for (String name : travelling()) {
      INSTALLED.put(
          name, kura.install("penstock:" + name, Files.readAllBytes(BundleJar.shipped(name))));
    }
  }

  @AfterAll
  static void stop() throws BundleException {
    if (kura != null) {
      kura.close();
    }
  }

  /** Drivers, kit, links and the part of our API that goes with them. */
  private static List<String> travelling() throws IOException {
    try (var folders = Files.list(BUNDLES)) {
      return folders
          .map(path -> path.getFileName().toString())
          .filter(name -> name.matches("org\\.penstock\\.(api|(driver|link)\\..*)"))
          .sorted()
          .toList();
    }
  }

  @TestFactory
  List<DynamicTest> everyTravellingBundleStarts() {
    return each(
        bundle -> {
          bundle.start();
          assertEquals(Bundle.ACTIVE, bundle.getState());
        });
  }

  @TestFactory
  List<DynamicTest> nothingIsImportedThatKuraDoesNotExport() {
    return each(
        bundle -> {
          Map<String, String> offered = new HashMap<>(OSGI);
          offered.putAll(KuraFramework.packages());
          List<String> wrong = new ArrayList<>();
          for (Clause clause : Clause.parse(bundle.getHeaders("").get("Import-Package"))) {
            String version = offered.get(clause.name());
            boolean own = clause.name().matches("(org\\.penstock|javax|org\\.w3c|org\\.xml)\\..*");
            boolean isOptional = "optional".equals(clause.get("resolution"));
            if (!own && !isOptional && (version == null || !range(clause).includes(v(version)))) {
              wrong.add(clause + ", Kura 5.6 has " + version);
            }
          }
          assertEquals(List.of(), wrong);
        });
  }

  private static VersionRange range(Clause clause) {
    String range = clause.get("version");
    return new VersionRange(range == null ? "0" : range);
  }

  private static Version v(String text) {
    return Version.parseVersion(text);
  }

  @TestFactory
  List<DynamicTest> declarativeServicesOneDotFourAndJavaSeventeenAreEnough() {
    return each(
        bundle -> {
          Map<String, Object> scr =
              Map.of("osgi.extender", "osgi.component", "version", v("1.4.0"));
          Map<String, Object> java = Map.of("osgi.ee", "JavaSE", "version", v("17"));
          for (Clause clause : Clause.parse(bundle.getHeaders("").get("Require-Capability"))) {
            String filter = clause.get("filter");
            if (clause.name().equals("osgi.extender") && filter.contains("osgi.component")) {
              assertTrue(FrameworkUtil.createFilter(filter).matches(scr), filter);
            } else if (clause.name().equals("osgi.ee")) {
              assertTrue(FrameworkUtil.createFilter(filter).matches(java), filter);
            }
          }
        });
  }

  @TestFactory
  List<DynamicTest> noMemberIsUsedThatKuraFiveHasNot() throws IOException {
    Set<String> newer = newerMembers();
    assertTrue(newer.size() > 20, "the table of the interface is not understood");
    return each(
        bundle -> {
          Set<String> used = new TreeSet<>();
          try (JarFile jar = new JarFile(BundleJar.shipped(bundle.getSymbolicName()).toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
              if (entry.getName().endsWith(".class")) {
                used.addAll(ClassReferences.of(jar.getInputStream(entry).readAllBytes()));
              }
            }
          }
          used.retainAll(newer);
          assertEquals(Set.of(), used);
        });
  }

  /** Rows of Kura 6 that are not rows of Kura 5.6 too. */
  private static Set<String> newerMembers() throws IOException {
    Set<String> newer = new TreeSet<>();
    Set<String> older = new TreeSet<>();
    for (String line :
        Files.readAllLines(
            BUNDLES.resolve("org.eclipse.kura.api/src/test/resources/api.tsv"),
            StandardCharsets.UTF_8)) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 13 && !line.startsWith("#")) {
        String type = cells[0] + '.' + cells[2].replace('.', '$');
        String member = cells[6].equals("(type)") ? type : type + '.' + cells[6] + ' ' + cells[7];
        (cells[12].equals("kura6-delta") ? newer : older).add(member);
      }
    }
    newer.removeAll(older);
    return newer;
  }

  /** Each factory of drivers makes one that reads what it can, as Kura's assets would ask it. */
  @Test
  void everyDriverIsInstantiated() throws Exception {
    for (Bundle bundle : INSTALLED.values()) {
      bundle.start();
    }
    List<String> factories = new ArrayList<>();
    for (Bundle bundle : INSTALLED.values()) {
      for (String factory : KuraFramework.driverFactories(bundle)) {
        factories.add(factory);
        kura.instantiate(factory, Map.of());
      }
    }
    assertTrue(factories.contains("org.penstock.driver.template"), () -> "" + factories);
    for (String factory : factories) {
      Await.until(LIMIT, () -> "no driver of " + factory, () -> kura.driver(factory) != null);
    }
    Object driver = kura.context().getService(kura.driver("org.penstock.driver.template"));
    Object descriptor = driver.getClass().getMethod("getChannelDescriptor").invoke(driver);
    Class<?> type =
        INSTALLED
            .get("org.penstock.driver.template")
            .loadClass("org.eclipse.kura.driver.ChannelDescriptor");
    List<?> attributes = (List<?>) type.getMethod("getDescriptor").invoke(descriptor);
    assertEquals("Tad", attributes.get(0).getClass().getSimpleName());
  }

  /** What is checked of one bundle. */
  private interface Check {
    void of(Bundle bundle) throws Exception;
  }

  private static List<DynamicTest> each(Check check) {
    return INSTALLED.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check.of(entry.getValue())))
        .toList();
  }
}
