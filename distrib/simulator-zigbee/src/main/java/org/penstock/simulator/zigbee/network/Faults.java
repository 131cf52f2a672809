package org.penstock.simulator.zigbee.network;

import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong on the air and on the line. All may be changed by any thread at any time. */
public final class Faults {

  private final Random random = new Random(1);
  private final AtomicInteger corrupt = new AtomicInteger();
  private final AtomicInteger truncate = new AtomicInteger();
  private final AtomicInteger duplicate = new AtomicInteger();
  private volatile int latencyMin = 5;
  private volatile int latencyMax = 20;
  private volatile double loss;
  private volatile int confirmDelay;
  private volatile int memoryDelay;
  private volatile boolean silent;

  /** Each message takes so many milliseconds of wall time over the air, evenly distributed. Default 5..20. */
  public void latency(int min, int max) {
    if (min < 0 || max < min) {
      throw new IllegalArgumentException("latency " + min + ".." + max + " ms");
    }
    latencyMin = min;
    latencyMax = max;
  }

  /** Part of the messages, 0..1, that don't arrive, in each direction. */
  public void loss(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("loss " + share + " is not in 0..1");
    }
    loss = share;
  }

  /** The confirmation of a sent message comes so much later, so that answers overtake it. */
  public void confirmDelay(int millis) {
    confirmDelay = millis;
  }

  /** Each access to the stick's non-volatile memory takes so long. */
  public void memoryDelay(int millis) {
    memoryDelay = millis;
  }

  /** The stick hears and says nothing although the line is up, such as one that hangs. */
  public void silent(boolean value) {
    silent = value;
  }

  /** The next frames to the host have a wrong checksum. */
  public void corruptNext(int frames) {
    corrupt.set(frames);
  }

  /** The next frames to the host lack their last octets. */
  public void truncateNext(int frames) {
    truncate.set(frames);
  }

  /** The next messages of devices come twice. */
  public void duplicateNext(int messages) {
    duplicate.set(messages);
  }

  /** Everything well again; latencies stay. */
  public void none() {
    loss = 0;
    confirmDelay = 0;
    memoryDelay = 0;
    silent = false;
    corrupt.set(0);
    truncate.set(0);
    duplicate.set(0);
  }

  /** Wall time of the next message over the air. */
  long nextLatencyMicros() {
    int span = (latencyMax - latencyMin) * 1000;
    return latencyMin * 1000L + (span == 0 ? 0 : random.nextInt(span + 1));
  }

  boolean isLost() {
    return loss > 0 && random.nextDouble() < loss;
  }

  boolean isTwice() {
    return take(duplicate);
  }

  int confirmDelay() {
    return confirmDelay;
  }

  /** Milliseconds that one access to the memory takes. */
  public int memoryDelay() {
    return memoryDelay;
  }

  /** Whether the stick hangs. */
  public boolean isSilent() {
    return silent;
  }

  /** What is put on the line in place of a frame. */
  public byte[] onLine(byte... frame) {
    if (frame.length > 2 && take(corrupt)) {
      byte[] broken = frame.clone();
      broken[broken.length - 2] ^=
          0x15; // in ZNP the last octet of the data, in ASH one of the checksum
      return broken;
    }
    return frame.length > 3 && take(truncate)
        ? java.util.Arrays.copyOf(frame, frame.length - 2)
        : frame;
  }

  private static boolean take(AtomicInteger left) {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
