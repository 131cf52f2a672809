package org.penstock.driver.lorawan.server;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes one of what several gateways have heard: collects for a window, then gives it on; copies that
 * come later, within a second, are left out. One thread calls.
 */
final class Deduplicator {

  private static final long MEMORY_NANOS = 900_000_000L;

  private final Consumer<List<Heard>> frames;
  private final Counters counters;
  private final Map<ByteBuffer, Frame> recent = new LinkedHashMap<>();

  private static final class Frame {
    private final long begun;
    private final List<Heard> heard = new ArrayList<>();
    private boolean given;

    private Frame(long begun) {
      this.begun = begun;
    }
  }

  /** With what takes the frames, the best heard copy first. */
  Deduplicator(Counters counters, Consumer<List<Heard>> frames) {
    this.counters = counters;
    this.frames = frames;
  }

  /**
   * One copy.
   *
   * @param waits others may come: give it on when {@link #close} is called
   * @return it is the first of its frame and waits; {@link #close} must be called with it
   */
  boolean heard(Heard copy, boolean waits) {
    forget(copy.nanos());
    ByteBuffer key = ByteBuffer.wrap(copy.reception().bytes());
    Frame frame = recent.get(key);
    if (frame != null) {
      if (frame.given || frame.heard.stream().anyMatch(h -> h.gateway().equals(copy.gateway()))) {
        counters.count("uplinks.late");
      } else {
        frame.heard.add(copy);
      }
      return false;
    }
    frame = new Frame(copy.nanos());
    frame.heard.add(copy);
    recent.put(key, frame);
    if (!waits) {
      give(frame);
    }
    return waits;
  }

  /** The window of this copy's frame is over. */
  void close(Heard copy) {
    Frame frame = recent.get(ByteBuffer.wrap(copy.reception().bytes()));
    if (frame != null && !frame.given) {
      give(frame);
    }
  }

  private void give(Frame frame) {
    frame.given = true;
    List<Heard> copies = new ArrayList<>(frame.heard);
    copies.sort(Comparator.comparingDouble((Heard h) -> h.reception().snr()).reversed());
    frames.accept(copies);
  }

  private void forget(long now) {
    Iterator<Frame> oldest = recent.values().iterator();
    while (oldest.hasNext()) {
      Frame frame = oldest.next();
      if (!frame.given || now - frame.begun < MEMORY_NANOS) {
        return;
      }
      oldest.remove();
    }
  }
}
