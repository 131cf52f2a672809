package org.penstock.cloud.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.penstock.api.storage.SegmentedLog;

/** Notes of what was delivered; those that a full disk does not take follow later, in order. */
final class Removals {

  private final SegmentedLog log;
  private final Deque<byte[]> unwritten = new ArrayDeque<>();

  Removals(SegmentedLog log) {
    this.log = log;
  }

  void note(byte[] record) throws IOException {
    unwritten.add(record);
    write();
  }

  /** Writes what was not written yet. */
  void write() throws IOException {
    while (!unwritten.isEmpty()) {
      log.append(unwritten.peek());
      unwritten.remove();
    }
  }
}
