package org.penstock.core.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An archive that takes the place of a gateway's state: opened and unpacked while the gateway runs, put into place
 * at the next start, before anything is read. What was there is kept until the next one. Each step can be begun
 * again wherever it was cut off: two marks say how far it was.
 */
final class Takeover {

  private static final String UNPACKED = "unpacked";
  private static final String SET_ASIDE = "set-aside";

  private final Path home;
  private final Path incoming;
  private final Path state;
  private final Path replaced;
  private final HomeArchive archive;
  private final Disk disk;

  Takeover(Path home, HomeArchive archive, Disk disk) {
    this.home = home;
    this.incoming = home.resolve("incoming");
    this.state = incoming.resolve("state");
    this.replaced = home.resolve("replaced");
    this.archive = archive;
    this.disk = disk;
  }

  /**
   * Opens an archive to its end; nothing changes before the next start.
   *
   * @return how many files
   * @throws IOException in words: the passphrase is wrong, or the archive is damaged
   */
  int prepare(InputStream in, char[] passphrase) throws IOException {
    forget();
    boolean isWhole = false;
    try {
      int files = archive.unpack(in, passphrase, state).size();
      archive.delete(replaced);
      mark(UNPACKED);
      isWhole = true;
      return files;
    } finally {
      if (!isWhole) {
        forget();
      }
    }
  }

  /** Takes the place of the state, if there is something that was prepared; gives how many files. */
  OptionalInt finish() throws IOException {
    if (!isMarked(UNPACKED)) {
      forget();
      return OptionalInt.empty();
    }
    if (!isMarked(SET_ASIDE)) {
      for (Path file : archive.files()) {
        archive.move(file, replaced.resolve(home.relativize(file)));
        disk.forceFolder(file.getParent());
      }
      mark(SET_ASIDE);
    }
    List<Path> files = arrived();
    for (Path file : files) {
      archive.move(file, home.resolve(state.relativize(file)));
    }
    forget();
    return OptionalInt.of(files.size());
  }

  private List<Path> arrived() throws IOException {
    if (!Files.isDirectory(state)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Without the first mark the rest is nothing, so it goes first. */
  private void forget() throws IOException {
    if (Files.isDirectory(incoming)) {
      disk.delete(incoming.resolve(UNPACKED));
      disk.forceFolder(incoming);
      archive.delete(incoming);
      disk.forceFolder(home);
    }
  }

  private boolean isMarked(String mark) {
    return Files.exists(incoming.resolve(mark));
  }

  private void mark(String mark) throws IOException {
    archive.folders(incoming);
    try (Disk.Handle handle = disk.create(incoming.resolve(mark))) {
      handle.force();
    }
    disk.forceFolder(incoming);
  }
}
