package org.penstock.field.asset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Stores files, or keeps nothing where the path has no folder; and can be full. */
final class TestStorage implements DurableStorage {

  final AtomicBoolean full = new AtomicBoolean();

  @Override
  public void replace(Path file, Content content) throws IOException {
    if (full.get()) {
      throw new IOException("no space left on device");
    }
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        content.writeTo(out);
      }
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public SegmentedLog openLog(Path folder, LogOptions options) {
    throw new UnsupportedOperationException("assets keep no log");
  }
}
