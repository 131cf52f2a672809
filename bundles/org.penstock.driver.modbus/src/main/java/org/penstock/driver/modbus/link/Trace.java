package org.penstock.driver.modbus.link;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.driver.kit.FrameTrace;

/** The last raw frames of a link, when somebody wants them. Any thread may call. */
final class Trace {

  private final AtomicReference<FrameTrace> frames = new AtomicReference<>();

  Trace(int capacity) {
    keep(capacity);
  }

  /** From now on keeps so many frames; 0 for none. */
  void keep(int capacity) {
    frames.set(capacity > 0 ? new FrameTrace(capacity) : null);
  }

  /** Keeps the bytes between two indexes of the buffer. */
  void add(boolean sent, ByteBuffer buffer, int from, int to) {
    FrameTrace now = frames.get();
    if (now != null) {
      byte[] bytes = new byte[to - from];
      buffer.get(from, bytes);
      now.add(Instant.now(), sent, bytes, bytes.length);
    }
  }

  List<FrameTrace.Frame> frames() {
    FrameTrace now = frames.get();
    return now == null ? List.of() : now.frames();
  }
}
