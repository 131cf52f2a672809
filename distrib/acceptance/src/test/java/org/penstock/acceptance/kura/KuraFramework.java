package org.penstock.acceptance.kura;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.penstock.acceptance.product.BundleJar;

/**
 * A bare framework with what Kura 5.6 exports, at its versions, and nothing of ours: OSGi services
 * for components and configurations, slf4j 1.7.36, and one bundle of stubs.
 */
final class KuraFramework implements AutoCloseable {

  private static final List<String> OSGI =
      List.of(
          "org.osgi.util.function",
          "org.osgi.util.promise",
          "org.osgi.service.component",
          "org.apache.felix.configadmin",
          "org.apache.felix.scr");

  private final Framework framework;

  KuraFramework(Path folder) throws BundleException, IOException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(
                    "org.osgi.framework.storage",
                    folder.resolve("cache").toString(),
                    "org.osgi.framework.bootdelegation",
                    "javax.*,org.w3c.*,org.xml.*"));
    framework.start();
    for (String jar : List.of("slf4j-api.jar", "slf4j-simple.jar")) {
      install("kura:" + jar, Files.readAllBytes(Path.of("target", "kura", jar)));
    }
    install("kura:stubs", stubs());
    for (String name : OSGI) {
      install("kura:" + name, Files.readAllBytes(BundleJar.shipped(name)));
    }
    for (Bundle bundle : context().getBundles()) {
      if (bundle.getHeaders("").get("Fragment-Host") == null) {
        bundle.start();
      }
    }
  }

  /** Package versions of Kura 5.6. */
  static Map<String, String> packages() throws IOException {
    Map<String, String> packages = new TreeMap<>();
    try (InputStream in = KuraFramework.class.getResourceAsStream("kura-5.6-packages.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          packages.put(line.split("\t")[0], line.split("\t")[1].strip());
        }
      }
    }
    return packages;
  }

  /** The classes of our API under the versions of Kura 5.6. */
  private static byte[] stubs() throws IOException {
    StringJoiner exports = new StringJoiner(",");
    packages().forEach((name, version) -> exports.add(name + ";version=\"" + version + '"'));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.eclipse.kura.api");
    manifest.getMainAttributes().putValue("Bundle-Version", "2.8.0");
    manifest.getMainAttributes().putValue("Export-Package", exports.toString());
    manifest.getMainAttributes().putValue("DynamicImport-Package", "org.osgi.*,org.slf4j");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Set<String> written = new HashSet<>();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      for (String name : List.of("org.eclipse.kura.api", "org.penstock.api.compat")) {
        copy(BundleJar.shipped(name), out, written);
      }
    }
    return bytes.toByteArray();
  }

  private static void copy(Path jar, JarOutputStream out, Set<String> written) throws IOException {
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (entry.getName().startsWith("org/") && written.add(entry.getName())) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
        }
      }
    }
  }

  /** Names of the bundle's components that are drivers. */
  static List<String> driverFactories(Bundle bundle) throws IOException {
    List<String> names = new ArrayList<>();
    String header = bundle.getHeaders("").get("Service-Component");
    for (String file : header == null ? new String[0] : header.split(",")) {
      String xml =
          new String(
              bundle.getEntry(file.strip()).openStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher name = Pattern.compile("<scr:component[^>]* name=\"([^\"]+)\"").matcher(xml);
      if (xml.contains("<provide interface=\"org.eclipse.kura.driver.Driver\"") && name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  /** Makes an instance. By reflection: the class path of this test has another class of the interface's name. */
  void instantiate(String factory, Map<String, Object> configuration)
      throws ReflectiveOperationException, InvalidSyntaxException {
    // all of them: the class path's own class of that name hides the one reference otherwise
    ServiceReference<?>[] references =
        context().getAllServiceReferences("org.osgi.service.cm.ConfigurationAdmin", null);
    Object admin = context().getService(references[0]);
    Object made =
        Arrays.stream(admin.getClass().getMethods())
            .filter(m -> m.getName().equals("createFactoryConfiguration"))
            .filter(m -> m.getParameterCount() == 2)
            .findFirst()
            .orElseThrow()
            .invoke(admin, factory, "?");
    Dictionary<String, Object> properties = new Hashtable<>(configuration);
    properties.put("kura.service.pid", factory + "-1");
    made.getClass().getMethod("update", Dictionary.class).invoke(made, properties);
  }

  /** The factory's driver, or null. */
  ServiceReference<?> driver(String factory) {
    try {
      ServiceReference<?>[] found =
          context()
              .getAllServiceReferences(
                  "org.eclipse.kura.driver.Driver", "(service.factoryPid=" + factory + ")");
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Bundle install(String location, byte[] jar) throws BundleException {
    return context().installBundle(location, new ByteArrayInputStream(jar));
  }

  @Override
  public void close() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
