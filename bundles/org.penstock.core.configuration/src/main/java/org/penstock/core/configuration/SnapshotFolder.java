package org.penstock.core.configuration;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.penstock.api.storage.DurableStorage;

/** The files of snapshots: names, ids, count. What is in them is bytes to it. */
final class SnapshotFolder {

  private static final Pattern NAME = Pattern.compile("snapshot_([0-9]{1,18})\\.xml");
  private static final long LONGEST = 512L << 20;

  private final Path folder;
  private final DurableStorage storage;
  private final LongSupplier clock;
  private final int most;
  private final Set<Long> pinned = ConcurrentHashMap.newKeySet();

  /**
   * @param clock milliseconds since 1970
   * @param most how many snapshots are kept
   */
  SnapshotFolder(Path folder, DurableStorage storage, LongSupplier clock, int most) {
    this.folder = folder;
    this.storage = storage;
    this.clock = clock;
    this.most = most;
  }

  /** Ids of all snapshots, ascending. */
  SortedSet<Long> ids() throws IOException {
    SortedSet<Long> ids = new TreeSet<>();
    if (!Files.isDirectory(folder)) {
      return ids;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          ids.add(Long.valueOf(name.group(1)));
        }
      }
    }
    return ids;
  }

  Path folder() {
    return folder;
  }

  DurableStorage storage() {
    return storage;
  }

  /** The snapshot is not deleted while it is pinned. */
  void pin(long id) {
    pinned.add(id);
  }

  void unpin(long id) {
    pinned.remove(id);
  }

  Path file(long id) {
    return folder.resolve("snapshot_" + id + ".xml");
  }

  /** A file of at most 512 MiB. */
  FileInputStream open(long id) throws IOException {
    return new FileInputStream(present(file(id)).toFile());
  }

  private static Path present(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    if (Files.size(file) > LONGEST) {
      throw new IOException(file + " is larger than " + (LONGEST >> 20) + " MiB");
    }
    return file;
  }

  /** The text of a file, UTF-8. */
  static String text(Path file) throws IOException {
    present(file);
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8 text", e);
    }
  }

  /** The id that the next snapshot gets: the clock's, or one above the latest. */
  long nextId() throws IOException {
    SortedSet<Long> ids = ids();
    long now = clock.getAsLong();
    return ids.isEmpty() || now > ids.last() ? now : ids.last() + 1;
  }

  /** Writes the file durably, then deletes the oldest files beyond the count, never id 0. */
  void write(long id, DurableStorage.Content content) throws IOException {
    storage.replace(file(id), content);
    SortedSet<Long> ids = ids();
    int excess = ids.size() - most;
    for (Long old : ids) {
      if (excess <= 0) {
        return;
      }
      if (old != 0 && old != id && !pinned.contains(old)) {
        storage.delete(file(old));
        excess--;
      }
    }
  }
}
