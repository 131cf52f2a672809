package org.penstock.acceptance.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the source tree in which what is built is that of the original. */
final class Copy {

  private static final List<String> BUILT =
      List.of("distrib/gateway/target", "distrib/demo/target", "distrib/bench/target");
  private static final List<String> LEFT_OUT =
      List.of("target", "node_modules", ".git", "penstock-home");

  private Copy() {}

  static void make(Path from, Path to) throws IOException {
    copy(from, to);
    for (String built : BUILT) {
      Files.createSymbolicLink(to.resolve(built), from.resolve(built));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        Path target = to.resolve(entry.getFileName());
        if (LEFT_OUT.contains(entry.getFileName().toString())) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          copy(entry, target);
        } else {
          Files.copy(entry, target);
        }
      }
    }
  }
}
