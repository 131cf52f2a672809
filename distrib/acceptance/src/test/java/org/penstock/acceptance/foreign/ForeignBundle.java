package org.penstock.acceptance.foreign;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.penstock.acceptance.product.BundleJar;

/**
 * A driver of somebody else: compiled to class files of Java 8 against the API and helper jars, with
 * a manifest, a component and a definition written by hand.
 */
public final class ForeignBundle {

  private final Path folder;

  /** In a folder for what is compiled. */
  public ForeignBundle(Path folder) {
    this.folder = folder;
  }

  /** The jar in this version. */
  public byte[] jar(String version) {
    try {
      Path classes = compile();
      Manifest manifest =
          new Manifest(
              new ByteArrayInputStream(
                  text("MANIFEST.MF")
                      .replace("Bundle-Version: 1.0.0", "Bundle-Version: " + version)
                      .getBytes(StandardCharsets.UTF_8)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (JarOutputStream jar = new JarOutputStream(bytes, manifest);
          Stream<Path> files = Files.walk(classes)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          put(jar, classes.relativize(file).toString(), Files.readAllBytes(file));
        }
        put(jar, "OSGI-INF/acme.xml", bytes("component.xml"));
        put(jar, "OSGI-INF/metatype/com.acme.field.driver.xml", bytes("metatype.xml"));
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private Path compile() throws IOException {
    Path source = folder.resolve("AcmeDriver.java");
    Files.writeString(source, text("AcmeDriver.java.txt"));
    Path classes = Files.createDirectories(folder.resolve("classes"));
    ByteArrayOutputStream problems = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                problems,
                problems,
                "--release",
                "8",
                "-Xlint:-options",
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                classes.toString(),
                source.toString());
    if (status != 0) {
      throw new IllegalStateException(problems.toString(StandardCharsets.UTF_8));
    }
    return classes;
  }

  /** Nothing of ours but the API and the helpers; beside them OSGi's and the logger's interfaces. */
  private static String classPath() {
    return Stream.of(
            BundleJar.shipped("org.eclipse.kura.api"),
            BundleJar.shipped("org.penstock.api.compat"),
            BundleJar.shipped("org.osgi.service.component"),
            BundleJar.shipped("pax-logging-api"),
            ofClass(org.osgi.framework.Bundle.class))
        .map(Path::toString)
        .collect(Collectors.joining(java.io.File.pathSeparator));
  }

  private static Path ofClass(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  private static String text(String name) throws IOException {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = ForeignBundle.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** The major version of each class file in the jar. */
  static List<Integer> classVersions(byte[] jar) throws IOException {
    List<Integer> versions = new java.util.ArrayList<>();
    try (var in = new java.util.jar.JarInputStream(new ByteArrayInputStream(jar))) {
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (entry.getName().endsWith(".class")) {
          versions.add((int) in.readAllBytes()[7]);
        }
      }
    }
    return versions;
  }
}
