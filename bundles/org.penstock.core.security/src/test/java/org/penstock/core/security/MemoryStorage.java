package org.penstock.core.security;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Storage that writes and forces nothing. */
final class MemoryStorage implements DurableStorage {

  @Override
  public void replace(Path file, Content content) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      content.writeTo(out);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public SegmentedLog openLog(Path folder, LogOptions options) {
    throw new IllegalStateException("not used here");
  }
}
