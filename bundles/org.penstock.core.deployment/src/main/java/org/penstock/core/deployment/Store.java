package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.penstock.api.storage.DurableStorage;

/** Contents by their hash, kept for updates, roll-back and restarts. */
final class Store {

  private static final String SUFFIX = ".jar";

  private final DurableStorage storage;
  private final Path folder;

  Store(DurableStorage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  void put(String sha256, Path content) throws Refusal {
    Path file = file(sha256);
    try {
      if (!Files.exists(file) || Files.size(file) != Files.size(content)) {
        storage.replace(file, out -> Files.copy(content, out));
      }
    } catch (IOException e) {
      throw new Refusal(
          "the store " + folder + " can't be written (" + reason(e) + "); make room on the disk",
          e);
    }
  }

  /** The file of a content, undamaged; only this class writes to it. */
  Path get(String sha256) throws IOException {
    Path file = file(sha256);
    if (!Hashes.sha256(file).equals(sha256)) {
      throw new IOException(file + " is damaged: it has another hash than its name");
    }
    return file;
  }

  /** Deletes what nothing needs, and what an interrupted write left. */
  void keepOnly(Collection<String> needed) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!name.endsWith(SUFFIX)
          || !needed.contains(name.substring(0, name.length() - SUFFIX.length()))) {
        storage.delete(file);
      }
    }
  }

  private Path file(String sha256) {
    return folder.resolve(sha256 + SUFFIX);
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : String.valueOf(e.getMessage());
  }
}
