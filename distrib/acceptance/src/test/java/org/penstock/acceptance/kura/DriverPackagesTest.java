package org.penstock.acceptance.kura;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Device;

/**
 * The deployment packages that the build makes of our drivers, each alone on a framework that exports
 * what Kura 5.6 exports. Without it a package could lack a bundle, or carry one that Kura has already.
 */
class DriverPackagesTest {

  private static final Path PACKAGES =
      Path.of(System.getProperty("penstock.distribution")).resolveSibling("packages");
  private static final Path BUNDLES = Path.of(System.getProperty("penstock.top"), "bundles");
  private static final String MODBUS = "org.penstock.driver.modbus";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void eachDriverHasOne() throws IOException {
    try (Stream<Path> all = Files.list(BUNDLES);
        Stream<Path> made = Files.list(PACKAGES)) {
      assertEquals(
          all.map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith("org.penstock.driver."))
              .filter(DriverPackagesTest::offersDriver)
              .map(name -> name + ".dp")
              .sorted()
              .toList(),
          made.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  private static boolean offersDriver(String bundle) {
    try (JarFile jar = new JarFile(BundleJar.shipped(bundle).toFile())) {
      String offered = jar.getManifest().getMainAttributes().getValue("Provide-Capability");
      return offered != null && offered.contains("org.eclipse.kura.driver.Driver");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  List<DynamicTest> eachStartsAloneAndMakesADriver() throws IOException {
    try (Stream<Path> made = Files.list(PACKAGES)) {
      return made.sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(file.getFileName().toString(), () -> startsAlone(file)))
          .toList();
    }
  }

  private void startsAlone(Path file) throws Exception {
    Path own = Files.createDirectories(folder.resolve(file.getFileName()));
    try (KuraFramework kura = new KuraFramework(own)) {
      List<Bundle> bundles = install(kura, file);
      Set<String> names = new TreeSet<>();
      for (Bundle bundle : bundles) {
        bundle.start();
        assertEquals(Bundle.ACTIVE, bundle.getState(), bundle.getSymbolicName());
        names.add(bundle.getSymbolicName());
      }
      assertTrue(names.containsAll(Set.of("org.penstock.api", "org.penstock.driver.kit")));
      assertFalse(names.contains("org.penstock.api.compat"), "Kura has it");
      Bundle driver = bundles.get(bundles.size() - 1);
      List<String> factories = KuraFramework.driverFactories(driver);
      assertFalse(factories.isEmpty(), "no driver in " + driver.getSymbolicName());
      for (String factory : factories) {
        kura.instantiate(factory, Map.of());
        Await.until(LIMIT, () -> "no driver of " + factory, () -> kura.driver(factory) != null);
      }
    }
  }

  /** Installs what the package holds, in its order; its manifest must tell the truth. */
  private static List<Bundle> install(KuraFramework kura, Path file)
      throws IOException, BundleException {
    List<Bundle> bundles = new ArrayList<>();
    try (JarFile dp = new JarFile(file.toFile())) {
      for (JarEntry entry : dp.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        Bundle bundle =
            kura.install("dp:" + entry.getName(), dp.getInputStream(entry).readAllBytes());
        Attributes told = dp.getManifest().getAttributes(entry.getName());
        assertEquals(told.getValue("Bundle-SymbolicName"), bundle.getSymbolicName());
        assertEquals(told.getValue("Bundle-Version"), bundle.getVersion().toString());
        bundles.add(bundle);
      }
      Bundle last = bundles.get(bundles.size() - 1);
      Attributes main = dp.getManifest().getMainAttributes();
      assertEquals(last.getSymbolicName(), main.getValue("DeploymentPackage-SymbolicName"));
      assertEquals(last.getVersion().toString(), main.getValue("DeploymentPackage-Version"));
    }
    return bundles;
  }

  /** Asked as Kura's assets would: through its interfaces, by classes that the framework gives. */
  @Test
  void modbusReadsARegisterOfPymodbus() throws Exception {
    try (KuraFramework kura = new KuraFramework(folder);
        Device device = new Device(folder)) {
      List<Bundle> bundles = install(kura, PACKAGES.resolve(MODBUS + ".dp"));
      for (Bundle bundle : bundles) {
        bundle.start();
      }
      device.holding(1, 7, 4711);
      kura.instantiate(MODBUS, Map.of("host", "127.0.0.1", "port", device.port()));
      Await.until(LIMIT, () -> "no driver", () -> kura.driver(MODBUS) != null);
      Object driver = kura.context().getService(kura.driver(MODBUS));
      Bundle bundle = bundles.get(bundles.size() - 1);
      Class<?> type = bundle.loadClass("org.eclipse.kura.channel.ChannelRecord");
      Class<?> dataType = bundle.loadClass("org.eclipse.kura.type.DataType");
      Object integer = dataType.getMethod("valueOf", String.class).invoke(null, "INTEGER");
      Object record =
          type.getMethod("createReadRecord", String.class, dataType).invoke(null, "level", integer);
      type.getMethod("setChannelConfig", Map.class)
          .invoke(
              record,
              Map.of(
                  "+name",
                  "level",
                  "+value.type",
                  "INTEGER",
                  "unit.id",
                  "1",
                  "primary.table",
                  "HOLDING_REGISTERS",
                  "memory.address",
                  "7",
                  "data.type",
                  "UINT16"));
      driver.getClass().getMethod("read", List.class).invoke(driver, List.of(record));
      Object value = type.getMethod("getValue").invoke(record);
      assertEquals(4711, value.getClass().getMethod("getValue").invoke(value));
    }
  }
}
