package org.penstock.core.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The state folder: made, writable, and held by one gateway at a time. */
final class Home implements AutoCloseable {

  private static final List<String> FOLDERS =
      List.of(
          "config",
          "snapshots",
          "deploy",
          "packages",
          "outbox",
          "history",
          "db",
          "keys",
          "logs",
          "tmp");

  private final FileChannel lockFile;

  private Home(FileChannel lockFile) {
    this.lockFile = lockFile;
  }

  static Home open(Path home) throws StartFailure {
    try {
      for (String folder : FOLDERS) {
        Files.createDirectories(home.resolve(folder));
      }
      Files.delete(Files.createTempFile(home.resolve("tmp"), "write", ".probe"));
      FileChannel channel =
          FileChannel.open(
              home.resolve("tmp").resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        throw new StartFailure(
            StartFailure.HOME,
            "home " + home + " is in use by another gateway; stop that one or give another --home");
      }
      return new Home(channel);
    } catch (IOException e) {
      throw new StartFailure(
          StartFailure.HOME,
          "home "
              + home
              + " can't be written ("
              + reason(e)
              + "); give --home a folder that this user may write");
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process holds it
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f) {
      String why = f.getReason() == null ? f.getClass().getSimpleName() : f.getReason();
      return f.getFile() + ": " + why;
    }
    return e.toString();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
