package org.penstock.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * The command line, checked.
 *
 * @param install the unpacked distribution
 * @param seconds after which it ends by itself
 * @param check count on all sides and compare
 * @param profile of the gateway
 */
record DemoOptions(Path install, OptionalInt seconds, boolean check, String profile) {

  private static final int CHECKED_SECONDS = 20;
  private static final String USAGE =
      "; usage: ./penstock demo [--seconds N] [--check] [--profile small|medium|large]";

  static DemoOptions parse(String... args) {
    Path install = Path.of("distrib/gateway/target/penstock");
    OptionalInt seconds = OptionalInt.empty();
    boolean check = false;
    String profile = "small";
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--check" -> check = true;
        case "--install" -> install = Path.of(value(args, ++i));
        case "--seconds" -> seconds = OptionalInt.of(seconds(value(args, ++i)));
        case "--profile" -> profile = profile(value(args, ++i));
        default -> throw wrong("unknown option " + args[i]);
      }
    }
    if (check && seconds.isEmpty()) {
      seconds = OptionalInt.of(CHECKED_SECONDS);
    }
    if (!Files.isExecutable(install.resolve("bin/penstock"))) {
      throw new IllegalArgumentException(
          "no distribution at " + install.toAbsolutePath() + "; call ./penstock build");
    }
    return new DemoOptions(install.toAbsolutePath().normalize(), seconds, check, profile);
  }

  private static int seconds(String word) {
    try {
      int seconds = Integer.parseInt(word);
      if (seconds > 0) {
        return seconds;
      }
    } catch (NumberFormatException e) {
      throw wrong("--seconds must be a number above 0, given: " + word);
    }
    throw wrong("--seconds must be a number above 0, given: " + word);
  }

  private static String profile(String word) {
    if (!List.of("small", "medium", "large").contains(word)) {
      throw wrong("--profile must be small, medium or large, given: " + word);
    }
    return word;
  }

  private static String value(String[] args, int i) {
    if (i == args.length) {
      throw wrong("option " + args[i - 1] + " has no value");
    }
    return args[i];
  }

  private static IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + USAGE);
  }
}
