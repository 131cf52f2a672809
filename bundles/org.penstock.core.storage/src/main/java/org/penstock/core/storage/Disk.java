package org.penstock.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every operation on the file system that durability depends on, and nothing else: a test puts a
 * recording one in its place. Any thread may call.
 */
class Disk {

  /** An open file. */
  class Handle implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    Handle(Path path, FileChannel channel) {
      this.path = path;
      this.channel = channel;
    }

    Path path() {
      return path;
    }

    /** Writes all of the buffer at the offset; the buffer is used up. */
    void write(long offset, ByteBuffer bytes) throws IOException {
      long at = offset;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    /** Fills the buffer from the offset on as far as there is content, and flips it. */
    ByteBuffer read(long offset, ByteBuffer into) throws IOException {
      long at = offset;
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count < 0) {
          break;
        }
        at += count;
      }
      return into.flip();
    }

    /** False also when an interrupt of a thread that used it has closed it. */
    boolean isOpen() {
      return channel.isOpen();
    }

    long size() throws IOException {
      return channel.size();
    }

    /** The content is on the disk when this returns. */
    void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Makes a new file for this user alone; the name becomes durable with {@link #forceFolder}. */
  Handle create(Path path) throws IOException {
    Files.deleteIfExists(path);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(path);
    }
    return new Handle(
        path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  Handle openToRead(Path path) throws IOException {
    return new Handle(path, FileChannel.open(path, StandardOpenOption.READ));
  }

  void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  /** Names made, renamed and deleted in the folder are on the disk when this returns. */
  void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
