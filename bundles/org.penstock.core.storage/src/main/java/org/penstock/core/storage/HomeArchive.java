package org.penstock.core.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.penstock.api.storage.PortableArchive;

/** The state folder's archive: written while the gateway runs, restored before anything is read. */
final class HomeArchive {

  private static final List<String> FOLDERS =
      List.of("snapshots", "config", "packages", "deploy", "framework", "user", "keys");
  private static final String KEY = "keys/device.key";
  private static final int BLOCK = 64 << 10;

  private final Path home;
  private final Disk disk;

  HomeArchive(Path home, Disk disk) {
    this.home = home;
    this.disk = disk;
  }

  /** See {@link PortableArchive#export}. */
  void export(OutputStream out, char[] passphrase) throws IOException {
    if (passphrase.length < PortableArchive.LEAST) {
      throw new IOException(
          "the passphrase needs " + PortableArchive.LEAST + " characters or more");
    }
    byte[] key = Files.readAllBytes(home.resolve(KEY));
    try (ZipOutputStream zip = new ZipOutputStream(Seal.sealing(out, passphrase))) {
      for (Path file : files()) {
        zip.putNextEntry(new ZipEntry(home.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    if (!Arrays.equals(key, Files.readAllBytes(home.resolve(KEY)))) {
      throw new IOException("the device key was changed meanwhile; export again");
    }
    out.flush();
  }

  /** What the home has of the state that an archive holds. */
  List<Path> files() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : FOLDERS) {
      if (Files.isDirectory(home.resolve(folder))) {
        try (Stream<Path> files = Files.walk(home.resolve(folder))) {
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".tmp"))
              .sorted()
              .forEach(all::add);
        }
      }
    }
    return all;
  }

  /** A box that has a device key is not blank. */
  boolean isBlank() {
    return !Files.exists(home.resolve(KEY));
  }

  /**
   * Restores an archive on a blank box. The device key comes last: until it is there the box counts
   * as blank and the next start begins again.
   *
   * @return how many files
   */
  int restore(Path archive, char[] passphrase) throws IOException {
    Path waiting = home.resolve("tmp").resolve("restore");
    delete(waiting);
    try (InputStream in = Files.newInputStream(archive)) {
      List<Path> files = unpack(in, passphrase, waiting);
      for (Path file : files) {
        move(file, home.resolve(waiting.relativize(file)));
      }
      return files.size();
    } finally {
      delete(waiting);
    }
  }

  /**
   * Opens an archive to its end and unpacks it.
   *
   * @param in stays open
   * @return its files, the device key the last of them
   */
  List<Path> unpack(InputStream in, char[] passphrase, Path into) throws IOException {
    try (InputStream opened = Seal.opening(in, passphrase);
        ZipInputStream zip = new ZipInputStream(opened)) {
      List<Path> files = unpacked(zip, into);
      opened.transferTo(OutputStream.nullOutputStream()); // the zip's directory, and the seal's end
      files.sort(Comparator.comparing(file -> into.relativize(file).toString().equals(KEY)));
      if (files.isEmpty() || !files.get(files.size() - 1).equals(into.resolve(KEY))) {
        throw new IOException("the archive has no " + KEY);
      }
      return files;
    }
  }

  /** Durably, with the folders that it needs. */
  void move(Path file, Path target) throws IOException {
    folders(target.getParent());
    disk.rename(file, target);
    disk.forceFolder(target.getParent());
  }

  private List<Path> unpacked(ZipInputStream zip, Path into) throws IOException {
    List<Path> files = new ArrayList<>();
    ZipEntry entry = zip.getNextEntry();
    while (entry != null) {
      Path file = into.resolve(entry.getName()).normalize();
      boolean known = FOLDERS.contains(entry.getName().replaceAll("/.*", ""));
      if (!file.startsWith(into) || !known || entry.isDirectory()) {
        throw new IOException("the archive names " + entry.getName() + ", which is no state");
      }
      folders(file.getParent());
      try (Disk.Handle handle = disk.create(file)) {
        long at = 0;
        byte[] block = zip.readNBytes(BLOCK);
        while (block.length > 0) {
          handle.write(at, ByteBuffer.wrap(block));
          at += block.length;
          block = zip.readNBytes(BLOCK);
        }
        handle.force();
      }
      disk.forceFolder(file.getParent());
      files.add(file);
      entry = zip.getNextEntry();
    }
    return files;
  }

  void folders(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      folders(folder.getParent());
      disk.createFolders(folder);
      disk.forceFolder(folder.getParent());
    }
  }

  void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
          disk.delete(path);
        }
      }
    }
  }
}
