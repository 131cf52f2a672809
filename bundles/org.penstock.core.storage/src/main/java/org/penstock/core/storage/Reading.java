package org.penstock.core.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A segment that nothing is appended to any more, opened to be read. Who reads on from where he was is
 * given what follows from memory. One thread at a time.
 */
final class Reading implements AutoCloseable {

  private static final int AHEAD = 64 << 10;
  private static final int NEAR = 4 << 10;

  private final Segment segment;
  private final Disk.Handle file;
  private final ByteBuffer window = ByteBuffer.allocate(AHEAD).limit(0);
  private final AtomicLong windowAt = new AtomicLong();
  private final AtomicLong last; // where the record read last ended

  Reading(Segment segment, Disk.Handle file) {
    this.segment = segment;
    this.file = file;
    this.last = new AtomicLong(segment.base() + Segment.HEADER);
  }

  Segment segment() {
    return segment;
  }

  byte[] read(long position) throws IOException {
    byte[] content = segment.find(window, windowAt.get(), position);
    long ahead = position - last.get();
    if (content == null && ahead >= 0 && ahead < NEAR) {
      windowAt.set(position);
      file.read(position - segment.base(), window.clear());
      content = segment.find(window, position, position);
    }
    if (content == null) { // elsewhere, larger than the window, or damaged
      content = segment.read(file, position);
    }
    last.set(position + Segment.RECORD_HEADER + content.length);
    return content;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
