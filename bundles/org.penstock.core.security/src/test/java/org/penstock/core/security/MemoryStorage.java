package org.penstock.core.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Storage that writes and forces nothing. */
final class MemoryStorage implements DurableStorage {

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
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
