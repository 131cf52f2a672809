package org.eclipse.kura.util.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks zip files; refuses entries that lead out of the folder and files that grow beyond bounds. */
public class UnZip {

  private static final int MAX_ENTRIES = 1024;
  private static final long MAX_BYTES = 100L * 1024 * 1024;
  private static final int BLOCK = 8192;
  private static final byte[] MAGIC = {'P', 'K', 3, 4};

  private UnZip() {}

  public static void unZipBytes(byte[] bytes, String outputFolder) throws IOException {
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      unzip(in, Path.of(outputFolder));
    }
  }

  public static void unZipFile(String zipFile, String outputFolder) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(zipFile))) {
      unzip(in, Path.of(outputFolder));
    }
  }

  private static void unzip(InputStream zip, Path folder) throws IOException {
    Path root = Files.createDirectories(folder).toAbsolutePath().normalize();
    long rest = MAX_BYTES;
    int entries = 0;
    ZipInputStream in = new ZipInputStream(zip);
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      if (++entries > MAX_ENTRIES) {
        throw new IOException("more than " + MAX_ENTRIES + " entries");
      }
      Path target = root.resolve(entry.getName()).normalize();
      if (!target.startsWith(root)) {
        throw new IOException("the entry leads out of the folder: " + entry.getName());
      }
      if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else {
        Files.createDirectories(target.getParent());
        rest = copy(in, target, rest);
      }
    }
  }

  private static long copy(InputStream in, Path target, long limit) throws IOException {
    long rest = limit;
    byte[] block = new byte[BLOCK];
    try (var out = Files.newOutputStream(target)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        rest -= n;
        if (rest < 0) {
          throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        out.write(block, 0, n);
      }
    }
    return rest;
  }

  public static boolean isZipCompressed(String file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return isZipCompressed(in.readNBytes(MAGIC.length));
    }
  }

  public static boolean isZipCompressed(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }
}
