package org.penstock.core.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;

/** What of the distribution's bundles is installed and started. */
class SystemSetTest {

  private static final int LEVEL = 40;

  @TempDir Path folder;

  /** Seen in review: such a bundle was known, so it was never started, at any later start. */
  @Test
  void aBundleWhoseInstallationAPowerCutEndedIsStartedNextTime() throws Exception {
    Path jar = Files.createDirectories(folder.resolve("system/" + LEVEL)).resolve("one.jar");
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "one");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    Framework framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    folder.resolve("framework").toString(),
                    "org.osgi.framework.startlevel.beginning",
                    "" + LEVEL));
    try {
      framework.init();
      Bundle cut = framework.getBundleContext().installBundle("reference:file:" + jar);
      new SystemSet(folder.resolve("system")).apply(framework.getBundleContext());
      assertEquals(LEVEL, cut.adapt(BundleStartLevel.class).getStartLevel());
      assertTrue(cut.adapt(BundleStartLevel.class).isPersistentlyStarted());
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }
}
