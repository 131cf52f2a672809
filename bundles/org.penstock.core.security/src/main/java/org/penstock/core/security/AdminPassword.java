package org.penstock.core.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.StringJoiner;

/** Where the first password of the identity admin comes from. */
final class AdminPassword {

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 4;
  private static final int GROUP = 5;

  private AdminPassword() {}

  /** The first line of the file. */
  static char[] read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.isEmpty() || lines.get(0).isBlank()) {
      throw new IOException(
          "admin password file " + file + " is empty; write the password on its first line");
    }
    return lines.get(0).strip().toCharArray();
  }

  /** About 98 bits, in letters that are not mistaken for others. */
  static String generate() {
    SecureRandom random = new SecureRandom();
    StringJoiner password = new StringJoiner("-");
    for (int g = 0; g < GROUPS; g++) {
      StringBuilder group = new StringBuilder();
      for (int i = 0; i < GROUP; i++) {
        group.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      password.add(group);
    }
    return password.toString();
  }

  /** Says a generated password, once. */
  static void print(String password) {
    System.out.println("admin password: " + password);
    System.out.flush();
  }
}
