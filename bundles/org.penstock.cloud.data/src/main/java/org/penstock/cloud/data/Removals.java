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

  void note(byte[] record) {
    unwritten.add(record);
  }

  /** Gives the operating system what it has not yet. */
  void write() throws IOException {
    if (!unwritten.isEmpty()) {
      for (byte[] record : unwritten) { // one that is there twice does no harm
        log.appendLater(record);
      }
      log.flush();
      unwritten.clear();
    }
  }
}
