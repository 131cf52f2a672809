package org.penstock.cloud.connection.sparkplug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.penstock.api.storage.DurableStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * bdSeq: a number for each connection, 0 to 255, which ties a birth to the will of the same
 * connection. It is kept on the disk, so that the late will of a gateway that lost its power is not
 * taken for that of the next one. One thread at a time.
 */
final class BirthNumber {

  private static final Logger LOG = LoggerFactory.getLogger(BirthNumber.class);
  private static final int NUMBERS = 256;

  private final DurableStorage storage;
  private final Path file;
  private int last;

  BirthNumber(DurableStorage storage, Path file) {
    this.storage = storage;
    this.file = file;
    this.last = read();
  }

  private int read() {
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : NUMBERS - 1;
    } catch (IOException | NumberFormatException e) {
      LOG.warn("{} can't be read, bdSeq begins with 0: {}", file, e.getMessage());
      return NUMBERS - 1;
    }
  }

  int next() {
    last = (last + 1) % NUMBERS;
    try {
      storage.replace(file, String.valueOf(last).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("bdSeq can't be kept: {}", e.getMessage());
    }
    return last;
  }
}
