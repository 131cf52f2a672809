package org.penstock.driver.zigbee;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/** Files without the care for crashes, which is the core's. */
final class PlainStorage implements DurableStorage {

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
    throw new UnsupportedOperationException();
  }
}
