package org.penstock.acceptance.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The classes of package {@code inside} and below as one bundle that imports whatever it uses. */
final class TestBundle {

  private static final String ROOT = "org/penstock/acceptance/inside";

  private TestBundle() {}

  static byte[] content() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.penstock.acceptance.inside");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("DynamicImport-Package", "*");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      Path classes = location(TestBundle.class);
      for (String name : names(classes)) {
        jar.putNextEntry(new JarEntry(name));
        jar.write(Files.readAllBytes(classes.resolve(name)));
        jar.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Names of all top-level classes that the bundle holds; {@code -Dpenstock.inside} narrows them. */
  static List<String> classNames() {
    return names(location(TestBundle.class)).stream()
        .filter(n -> n.endsWith(".class") && !n.contains("$"))
        .filter(n -> n.contains(System.getProperty("penstock.inside", "")))
        .map(n -> n.substring(0, n.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  private static List<String> names(Path classes) {
    try (Stream<Path> files = Files.walk(classes.resolve(ROOT))) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> classes.relativize(f).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the class path's JUnit exports, for the framework to give to the tests. */
  static String packagesOfJunit() {
    StringJoiner all = new StringJoiner(",");
    for (Class<?> type :
        List.of(
            org.junit.jupiter.api.Test.class,
            org.junit.jupiter.params.ParameterizedTest.class,
            org.junit.platform.commons.JUnitException.class,
            org.opentest4j.AssertionFailedError.class,
            org.apiguardian.api.API.class)) {
      packages(location(type)).forEach(all::add);
    }
    return all.toString();
  }

  private static TreeSet<String> packages(Path jar) {
    TreeSet<String> names = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .map(JarEntry::getName)
          .filter(n -> n.endsWith(".class") && n.contains("/") && !n.startsWith("META-INF"))
          .forEach(n -> names.add(n.substring(0, n.lastIndexOf('/')).replace('/', '.')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static Path location(Class<?> type) {
    try {
      URI uri = type.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(uri);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
