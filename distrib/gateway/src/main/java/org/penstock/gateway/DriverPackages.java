package org.penstock.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes of each driver a deployment package for gateways that are not ours: the driver with every
 * bundle of ours that it imports from, and nothing else. Run by the build from its source.
 */
final class DriverPackages {

  private static final Pattern OURS = Pattern.compile("(org\\.penstock\\.[\\w.]+)");
  private static final String DRIVER = "org.penstock.driver.";
  private static final String SERVICE = "org.eclipse.kura.driver.Driver";

  private final Map<String, Path> bundles = new TreeMap<>();
  private final Map<String, String> exporters = new HashMap<>();
  private final Map<String, Attributes> headers = new HashMap<>();

  private DriverPackages(Path system) throws IOException {
    for (Path jar : files(system)) {
      try (JarFile file = new JarFile(jar.toFile())) {
        Attributes main = file.getManifest().getMainAttributes();
        String name = String.valueOf(main.getValue("Bundle-SymbolicName")).split(";")[0];
        if (name.startsWith("org.penstock.")) {
          bundles.put(name, jar);
          headers.put(name, main);
          names(main.getValue("Export-Package")).forEach(one -> exporters.put(one, name));
        }
      }
    }
  }

  /**
   * Makes the packages.
   *
   * @param arguments the distribution's folder of bundles, the folder for the packages, which is
   *     emptied before
   */
  public static void main(String[] arguments) throws IOException {
    DriverPackages all = new DriverPackages(Path.of(arguments[0]));
    Path target = Files.createDirectories(Path.of(arguments[1]));
    for (Path old : files(target)) {
      Files.delete(old);
    }
    for (String name : all.bundles.keySet()) {
      if (name.startsWith(DRIVER) && all.offersDriver(name)) {
        all.make(name, target.resolve(name + ".dp"));
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Our own packages among the clauses of a header; what stands in quotes is none. */
  private static Set<String> names(String header) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = OURS.matcher(header == null ? "" : header.replaceAll("\"[^\"]*\"", ""));
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private void collect(String bundle, Set<String> into) {
    for (String wanted : names(headers.get(bundle).getValue("Import-Package"))) {
      String exporter = exporters.get(wanted);
      if (exporter != null && !exporter.equals(bundle)) {
        collect(exporter, into);
      }
    }
    into.add(bundle);
  }

  private void make(String driver, Path file) throws IOException {
    Set<String> content = new LinkedHashSet<>();
    collect(driver, content);
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("DeploymentPackage-ManifestVersion", "1");
    main.putValue("DeploymentPackage-SymbolicName", driver);
    main.putValue("DeploymentPackage-Version", version(driver));
    for (String name : content) {
      Attributes section = new Attributes();
      section.putValue("Bundle-SymbolicName", name);
      section.putValue("Bundle-Version", version(name));
      manifest.getEntries().put(entry(name), section);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (String name : content) {
        out.putNextEntry(new JarEntry(entry(name)));
        Files.copy(bundles.get(name), out);
        out.closeEntry();
      }
    }
  }

  private boolean offersDriver(String bundle) {
    String offered = headers.get(bundle).getValue("Provide-Capability");
    return offered != null && offered.contains(SERVICE);
  }

  private String version(String bundle) {
    return headers.get(bundle).getValue("Bundle-Version");
  }

  private static String entry(String bundle) {
    return "bundles/" + bundle + ".jar";
  }
}
