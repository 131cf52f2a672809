package org.penstock.core.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The command line, checked.
 *
 * @param install the program folder, read only
 * @param home the state folder
 * @param httpsPort 1 to 65535; 0 lets the system choose
 * @param adminPasswordFile first line is the password of the identity admin
 * @param seed snapshot in Kura's XML form, applied only when there is no snapshot yet
 * @param restore archive of a whole gateway, restored only on a blank home
 * @param passphrase file whose first line is the archive's passphrase
 * @param profile small, medium or large
 */
record Arguments(
    Path install,
    Path home,
    int httpsPort,
    Optional<Path> adminPasswordFile,
    Optional<Path> seed,
    Optional<Path> restore,
    Optional<Path> passphrase,
    String profile) {

  private static final String USAGE =
      "usage: penstock [--home DIR] [--https-port N] [--admin-password-file FILE]"
          + " [--seed SNAPSHOT.xml] [--restore ARCHIVE --restore-passphrase-file FILE] [--profile small|medium|large]";

  static Arguments parse(Path install, Path defaultHome, String... args) throws StartFailure {
    Path home = defaultHome;
    int port = 8443;
    Optional<Path> password = Optional.empty();
    Optional<Path> seed = Optional.empty();
    Optional<Path> restore = Optional.empty();
    Optional<Path> passphrase = Optional.empty();
    String profile = "small";
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw usage("option " + args[i] + " has no value");
      }
      String value = args[i + 1];
      switch (args[i]) {
        case "--home" -> home = Path.of(value);
        case "--https-port" -> port = port(value);
        case "--admin-password-file" -> password = Optional.of(file(args[i], value));
        case "--seed" -> seed = Optional.of(file(args[i], value));
        case "--restore" -> restore = Optional.of(file(args[i], value));
        case "--restore-passphrase-file" -> passphrase = Optional.of(file(args[i], value));
        case "--profile" -> profile = profile(value);
        default -> throw usage("unknown option " + args[i]);
      }
    }
    if (restore.isPresent() != passphrase.isPresent()) {
      throw usage("--restore and --restore-passphrase-file go together");
    }
    Path state = home.toAbsolutePath().normalize();
    return new Arguments(install, state, port, password, seed, restore, passphrase, profile);
  }

  private static int port(String value) throws StartFailure {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw usage("--https-port must be a number from 0 to 65535, given: " + value);
    }
    throw usage("--https-port must be a number from 0 to 65535, given: " + value);
  }

  private static Path file(String option, String value) throws StartFailure {
    Path file = Path.of(value).toAbsolutePath().normalize();
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw usage(option + ": no readable file at " + file);
    }
    return file;
  }

  private static String profile(String value) throws StartFailure {
    return switch (value) {
      case "small", "medium", "large" -> value;
      default -> throw usage("--profile must be small, medium or large, given: " + value);
    };
  }

  private static StartFailure usage(String what) {
    return new StartFailure(StartFailure.USAGE, what + "; " + USAGE);
  }
}
