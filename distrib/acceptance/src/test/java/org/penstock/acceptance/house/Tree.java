package org.penstock.acceptance.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
final class Tree {

  static final Path TOP = Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private Tree() {}

  /** Names of all bundles, as bundles/pom.xml lists them. */
  static List<String> bundles() {
    List<String> bundles = new ArrayList<>();
    Matcher modules = MODULE.matcher(read(TOP.resolve("bundles/pom.xml")));
    while (modules.find()) {
      bundles.add(modules.group(1));
    }
    return bundles;
  }

  static Path folder(String bundle) {
    return TOP.resolve("bundles").resolve(bundle);
  }

  /** The built jar of a bundle. */
  static Path jar(String bundle) {
    try (Stream<Path> jars = Files.list(folder(bundle).resolve("target"))) {
      return jars.filter(
              p ->
                  p.getFileName()
                      .toString()
                      .matches(Pattern.quote(bundle) + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no jar of " + bundle + "; build first"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Manifest manifest(String bundle) {
    try (JarFile jar = new JarFile(jar(bundle).toFile())) {
      return jar.getManifest();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Java sources below a folder. */
  static List<Path> sources(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Paths that git tracks. */
  static List<String> tracked() {
    try {
      Process git =
          new ProcessBuilder("git", "ls-files")
              .directory(TOP.toFile())
              .redirectErrorStream(true)
              .start();
      String out =
          new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      git.waitFor();
      return out.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
