package org.penstock.core.database;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database is.
 *
 * @param url for H2, without options
 * @param file the database's file; none when it is in memory
 */
record Location(String url, Optional<Path> file) {

  private static final Pattern URL = Pattern.compile("jdbc:h2:(file|mem):([^;]+)");
  private static final Pattern PLAIN = Pattern.compile("jdbc:h2:([^;:]+)");

  /**
   * Reads a connector URL.
   *
   * @throws IllegalArgumentException with what is allowed
   */
  static Location of(String text, Path home, String pid) {
    String url = text.strip();
    if (url.isEmpty()) {
      return at(home.resolve("database").resolve(pid.replaceAll("[^A-Za-z0-9._-]", "_")));
    }
    Matcher match = URL.matcher(url);
    if (match.matches()) {
      return match.group(1).equals("mem")
          ? new Location("jdbc:h2:mem:" + match.group(2), Optional.empty())
          : at(home.resolve(match.group(2).replaceFirst("^~/", "")));
    }
    Matcher plain = PLAIN.matcher(url);
    if (plain.matches()) {
      return at(home.resolve(plain.group(1).replaceFirst("^~/", "")));
    }
    throw new IllegalArgumentException(
        "db.connector.url is '%s', must be jdbc:h2:file:<path> or jdbc:h2:mem:<name>, without options"
            .formatted(url));
  }

  private static Location at(Path base) {
    Path path = base.toAbsolutePath().normalize();
    return new Location(
        "jdbc:h2:file:" + path, Optional.of(path.resolveSibling(path.getFileName() + ".mv.db")));
  }

  /** A file beside the database's. */
  Path beside(String suffix) {
    Path at = file.orElseThrow();
    String name = at.getFileName().toString();
    return at.resolveSibling(name.substring(0, name.length() - ".mv.db".length()) + suffix);
  }
}
