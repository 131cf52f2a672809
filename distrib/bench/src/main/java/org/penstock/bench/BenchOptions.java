package org.penstock.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command line, checked.
 *
 * @param install the unpacked distribution
 * @param name only this benchmark
 * @param quick a shorter run
 * @param json file to write
 * @param profile in place of the benchmark's own
 */
record BenchOptions(
    Path install,
    Optional<String> name,
    boolean quick,
    Optional<Path> json,
    Optional<String> profile) {

  static BenchOptions parse(List<String> names, String... args) {
    Path install = Path.of("distrib/gateway/target/penstock");
    Optional<String> name = Optional.empty();
    boolean quick = false;
    Optional<Path> json = Optional.empty();
    Optional<String> profile = Optional.empty();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> quick = true;
        case "--install" -> install = Path.of(value(args, ++i));
        case "--json" -> json = Optional.of(Path.of(value(args, ++i)));
        case "--profile" -> profile = Optional.of(profile(value(args, ++i)));
        default -> name = Optional.of(name(names, args[i]));
      }
    }
    return new BenchOptions(install.toAbsolutePath().normalize(), name, quick, json, profile);
  }

  private static String name(List<String> names, String word) {
    if (!names.contains(word)) {
      throw new IllegalArgumentException(
          "no benchmark and no option '"
              + word
              + "'; there are "
              + String.join(", ", names)
              + " and --quick, --json FILE, --profile small|medium|large");
    }
    return word;
  }

  private static String profile(String word) {
    if (!List.of("small", "medium", "large").contains(word)) {
      throw new IllegalArgumentException(
          "--profile must be small, medium or large, given: " + word);
    }
    return word;
  }

  private static String value(String[] args, int i) {
    if (i == args.length) {
      throw new IllegalArgumentException("option " + args[i - 1] + " has no value");
    }
    return args[i];
  }
}
