package org.penstock.driver.modbus.link;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.penstock.driver.kit.FrameTrace;

/** The last raw frames of a link, when somebody wants them. */
final class Trace {

  private final boolean wanted;
  private final FrameTrace frames;

  Trace(int capacity) {
    wanted = capacity > 0;
    frames = new FrameTrace(capacity);
  }

  /** Keeps the bytes between two indexes of the buffer. */
  void add(boolean sent, ByteBuffer buffer, int from, int to) {
    if (wanted) {
      byte[] bytes = new byte[to - from];
      buffer.get(from, bytes);
      frames.add(Instant.now(), sent, bytes, bytes.length);
    }
  }

  List<FrameTrace.Frame> frames() {
    return frames.frames();
  }
}
