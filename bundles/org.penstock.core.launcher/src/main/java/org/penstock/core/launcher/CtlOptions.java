package org.penstock.core.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@code penstockctl}.
 *
 * @param address of the gateway
 * @param user an identity's name
 * @param password read from the file
 * @param ca PEM of the certificate that the gateway must show
 * @param json prints answers as JSON
 * @param words what is left
 * @param problem what is wrong with the options
 */
record CtlOptions(
    String address,
    String user,
    String password,
    Optional<Path> ca,
    boolean json,
    List<String> words,
    Optional<String> problem) {

  static CtlOptions parse(String... args) {
    String address = environment("PENSTOCK_ADDRESS", "https://localhost:8443");
    String user = environment("PENSTOCK_USER", "admin");
    String passwordFile = environment("PENSTOCK_PASSWORD_FILE", "");
    Path ca = null;
    boolean json = false;
    String problem = null;
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String value = i + 1 < args.length ? args[i + 1] : "";
      switch (args[i]) {
        case "--json" -> json = true;
        case "--follow" -> words.add("follow");
        case "--address", "--user", "--password-file", "--ca" -> {
          if (value.isEmpty()) {
            problem = "option " + args[i] + " has no value";
          }
          switch (args[i]) {
            case "--address" -> address = value;
            case "--user" -> user = value;
            case "--ca" -> ca = Path.of(value);
            default -> passwordFile = value;
          }
          i++;
        }
        default -> {
          if (args[i].startsWith("--")) {
            problem = "unknown option " + args[i];
          }
          words.add(args[i]);
        }
      }
    }
    String password = "";
    if (!passwordFile.isEmpty()) {
      try {
        password = Files.readAllLines(Path.of(passwordFile)).stream().findFirst().orElse("");
      } catch (IOException e) {
        problem = "--password-file: no readable file at " + passwordFile;
      }
    }
    return new CtlOptions(
        address,
        user,
        password,
        Optional.ofNullable(ca),
        json,
        List.copyOf(words),
        Optional.ofNullable(problem));
  }

  private static String environment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? otherwise : value;
  }

  @Override
  public String toString() {
    return address + " as " + user + ": " + words; // without the password
  }
}
