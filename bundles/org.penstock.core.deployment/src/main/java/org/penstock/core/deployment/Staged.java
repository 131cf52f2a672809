package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * A copy of a file that is to be installed: nobody changes it, and it need not be in memory.
 *
 * @param file its name, for messages
 * @param folder of its own, for what is unpacked of it, too; deleted in the end
 * @param content the copy, in that folder
 * @param sha256 of it
 */
record Staged(String file, Path folder, Path content, String sha256) implements AutoCloseable {

  static final String PREFIX = "deploy-";

  @Override
  public void close() {
    delete(folder);
  }

  /** What a crash left. */
  static void clean(Path tmp) throws IOException {
    if (Files.isDirectory(tmp)) {
      List<Path> left;
      try (Stream<Path> all = Files.list(tmp)) {
        left = all.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList();
      }
      left.forEach(Staged::delete);
    }
  }

  private static void delete(Path folder) {
    try {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.toList();
      }
      for (Path one : files) {
        Files.delete(one);
      }
      Files.delete(folder);
    } catch (IOException e) {
      LoggerFactory.getLogger(Staged.class).warn("{} can't be deleted: {}", folder, e.toString());
    }
  }
}
