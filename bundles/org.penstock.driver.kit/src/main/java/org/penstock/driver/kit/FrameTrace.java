package org.penstock.driver.kit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/** The last raw frames of a link, for the maintenance page. Any thread may call. */
public final class FrameTrace {

  /**
   * One frame.
   *
   * @param at when it was sent or received
   * @param sent true when sent by us
   * @param hex the bytes
   */
  public record Frame(Instant at, boolean sent, String hex) {}

  private final int capacity;
  private final Deque<Frame> frames;

  /**
   * An empty trace.
   *
   * @param capacity frames kept, 0 to keep none
   */
  public FrameTrace(int capacity) {
    this.capacity = capacity;
    this.frames = new ArrayDeque<>(capacity);
  }

  /** Keeps a frame; the oldest goes when the trace is full. */
  public void add(Instant at, boolean sent, byte[] bytes, int length) {
    if (capacity == 0) {
      return;
    }
    Frame frame = new Frame(at, sent, HexFormat.of().formatHex(bytes, 0, length));
    synchronized (frames) {
      if (frames.size() == capacity) {
        frames.removeFirst();
      }
      frames.addLast(frame);
    }
  }

  /** The frames kept, oldest first. */
  public List<Frame> frames() {
    synchronized (frames) {
      return List.copyOf(frames);
    }
  }
}
