package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells which files of the folder are new, changed or gone, once they have stopped changing. */
final class DeployFolder {

  /**
   * What one look found.
   *
   * @param settled files that are the same as at the look before and not yet reported as they are
   * @param present all names now
   */
  record Look(List<Path> settled, Set<String> present) {}

  /** The hash is taken while a file is not yet reported: time stamps alone may be too coarse. */
  private record Print(long size, long modified, String sha256) {

    boolean looksLike(Print other) {
      return other != null && size == other.size && modified == other.modified;
    }
  }

  private static final long MAX_BYTES = 256L << 20;

  private final Path folder;
  private final Map<String, Print> seen = new HashMap<>();
  private final Map<String, Print> reported = new HashMap<>();

  DeployFolder(Path folder) {
    this.folder = folder;
  }

  Look look() throws IOException {
    List<Path> settled = new ArrayList<>();
    Set<String> present = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(DeployFolder::isJar).sorted()::iterator) {
        String name = file.getFileName().toString();
        Print print = print(file, reported.get(name));
        if (print == null) {
          continue;
        }
        present.add(name);
        boolean still = print.equals(seen.put(name, print));
        if (still && !print.equals(reported.get(name))) {
          reported.put(name, print);
          settled.add(file);
        }
      }
    }
    seen.keySet().retainAll(present);
    reported.keySet().retainAll(present);
    return new Look(settled, present);
  }

  private static Print print(Path file, Print known) throws IOException {
    try {
      Print print = new Print(Files.size(file), Files.getLastModifiedTime(file).toMillis(), "");
      if (print.looksLike(known)) {
        return known;
      }
      boolean readable = print.size() <= MAX_BYTES;
      String sha256 = readable ? Hashes.sha256(file) : "";
      return new Print(print.size(), print.modified(), sha256);
    } catch (NoSuchFileException e) {
      return null; // removed since the listing
    }
  }

  private static boolean isJar(Path file) {
    String name = file.getFileName().toString();
    boolean known = name.endsWith(".jar") || name.endsWith(".dp");
    return known && !name.startsWith(".") && Files.isRegularFile(file);
  }
}
