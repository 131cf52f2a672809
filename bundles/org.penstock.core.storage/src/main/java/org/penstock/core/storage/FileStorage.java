package org.penstock.core.storage;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.PortableArchive;
import org.penstock.api.storage.SegmentedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable storage in files. Whatever keeps state waits for it, so a blank box is restored here, before
 * anything is read.
 */
@Component(service = {DurableStorage.class, PortableArchive.class})
public final class FileStorage implements DurableStorage, PortableArchive {

  private static final String TEMPORARY = ".tmp";
  private static final int PIECE = 64 << 10;

  private static final Logger LOG = LoggerFactory.getLogger(FileStorage.class);

  private final Disk disk;
  private final HomeArchive archive;
  private final Takeover takeover;
  private final AtomicLong temporaries = new AtomicLong();

  /** Called by the component runtime. */
  @Activate
  public FileStorage(BundleContext context) throws IOException {
    this(new Disk(), Path.of(context.getProperty("penstock.home")));
    takeover
        .finish()
        .ifPresent(files -> LOG.info("an archive has taken the state's place: {} files", files));
    String file = context.getProperty("penstock.restore");
    if (file != null) {
      restore(Path.of(file), context.getProperty("penstock.restore.passphrase.file"));
    }
  }

  /** Without a state folder: the archive can't be used. */
  public FileStorage() {
    this(new Disk());
  }

  FileStorage(Disk disk) {
    this(disk, Path.of("."));
  }

  private FileStorage(Disk disk, Path home) {
    this.disk = disk;
    this.archive = new HomeArchive(home, disk);
    this.takeover = new Takeover(home, archive, disk);
  }

  private void restore(Path file, String passphraseFile) throws IOException {
    if (!archive.isBlank()) {
      LOG.info("{} is not restored: this gateway has state of its own", file);
      return;
    }
    if (passphraseFile == null) {
      throw new IOException("give --restore-passphrase-file FILE with --restore");
    }
    String passphrase = Files.readString(Path.of(passphraseFile)).lines().findFirst().orElse("");
    int files = archive.restore(file, passphrase.strip().toCharArray());
    LOG.info("{} is restored: {} files", file, files);
  }

  @Override
  public void export(OutputStream out, char[] passphrase) throws IOException {
    archive.export(out, passphrase);
  }

  @Override
  public synchronized int take(InputStream in, char[] passphrase) throws IOException {
    return takeover.prepare(in, passphrase);
  }

  @Override
  public void replace(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    makeFolder(folder);
    Path temporary =
        folder.resolve("." + file.getFileName() + "." + temporaries.incrementAndGet() + TEMPORARY);
    boolean renamed = false;
    try {
      try (Disk.Handle handle = disk.create(temporary)) {
        OutputStream out = new BufferedOutputStream(appending(handle), PIECE);
        content.writeTo(out);
        out.flush();
        handle.force();
      }
      disk.rename(temporary, file);
      renamed = true;
      disk.forceFolder(folder);
    } catch (IOException e) {
      throw new IOException("can't write " + file + ": " + reason(e), e);
    } finally {
      if (!renamed) {
        disk.delete(temporary);
      }
    }
  }

  /** Closing it does nothing: what was written is still to be forced. */
  private static OutputStream appending(Disk.Handle handle) {
    return new OutputStream() {
      private long end;

      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        handle.write(end, ByteBuffer.wrap(bytes, from, count));
        end += count;
      }
    };
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
