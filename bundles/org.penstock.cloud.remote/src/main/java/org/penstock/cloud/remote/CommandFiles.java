package org.penstock.cloud.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.kura.KuraException;

/** Unpacks the files that come with a command; none leaves the command's folder. */
final class CommandFiles {

  private static final int MAX_FILES = 1024;
  private static final long MAX_UNPACKED = 100L << 20;

  private CommandFiles() {}

  /**
   * Unpacks a zip.
   *
   * @param folder without symbolic links
   */
  static void unpack(byte[] zip, Path folder) throws KuraException {
    long total = 0;
    int files = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder) || ++files > MAX_FILES) {
          throw Exchange.bad("the zip leaves its folder or has more than " + MAX_FILES + " files");
        }
        Path parent = entry.isDirectory() ? file : file.getParent();
        Files.createDirectories(parent);
        if (!parent.toRealPath().startsWith(folder)) {
          throw Exchange.bad("the zip leaves its folder by a symbolic link: " + entry.getName());
        }
        if (!entry.isDirectory()) {
          byte[] content = in.readNBytes((int) (MAX_UNPACKED - total + 1));
          total += content.length;
          if (total > MAX_UNPACKED) {
            throw Exchange.bad("the zip unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
          }
          write(file, content);
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Exchange.bad("the zip can't be unpacked: " + e.getMessage());
    }
    if (files == 0) {
      throw Exchange.bad("what came with the command is no zip");
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (OutputStream out =
        Files.newOutputStream(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      out.write(content);
    }
  }
}
