package org.penstock.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Durable storage in files. */
@Component
public final class FileStorage implements DurableStorage {

  private static final String TEMPORARY = ".tmp";

  private final Disk disk;
  private final AtomicLong temporaries = new AtomicLong();

  /** Called by the component runtime. */
  @Activate
  public FileStorage() {
    this(new Disk());
  }

  FileStorage(Disk disk) {
    this.disk = disk;
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    makeFolder(folder);
    Path temporary =
        folder.resolve("." + file.getFileName() + "." + temporaries.incrementAndGet() + TEMPORARY);
    try {
      try (Disk.Handle handle = disk.create(temporary)) {
        handle.write(0, ByteBuffer.wrap(content));
        handle.force();
      }
      disk.rename(temporary, file);
      disk.forceFolder(folder);
    } catch (IOException e) {
      disk.delete(temporary);
      throw new IOException("can't write " + file + ": " + reason(e), e);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      disk.delete(file);
      disk.forceFolder(file.toAbsolutePath().getParent());
    }
  }

  @Override
  public SegmentedLog openLog(Path folder, LogOptions options) throws IOException {
    makeFolder(folder.toAbsolutePath());
    return new FileLog(disk, folder, options);
  }

  /** A new folder's own name must be durable, too, or what is forced in it is lost with it. */
  private void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (parent != null) {
        makeFolder(parent);
      }
      disk.createFolders(folder);
      if (parent != null) {
        disk.forceFolder(parent);
      }
    }
  }

  static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
