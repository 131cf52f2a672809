package org.penstock.flow.wires;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.kura.wire.WireEnvelope;

/** Listens at components for a while. Costs nothing where nobody listens. Any thread may call. */
final class Taps {

  /** Taps at once. */
  static final int MOST = 16;

  /** A tap that nobody reads ends after this time. */
  static final Duration IDLE = Duration.ofSeconds(60);

  private static final int KEPT = 200;

  /**
   * What went over a wire.
   *
   * @param number counts what this tap heard
   * @param at milliseconds since 1970
   */
  record Heard(
      long number,
      long at,
      String emitter,
      int emitterPort,
      String receiver,
      int receiverPort,
      WireEnvelope envelope) {}

  /** One tap. */
  private static final class Tap {
    private final String pid;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong read = new AtomicLong(System.nanoTime());

    Tap(String pid) {
      this.pid = pid;
    }
  }

  private final Map<String, Tap> taps = new ConcurrentHashMap<>();

  /** What the component receives and emits, since the last number read; the first call begins to listen. */
  Optional<List<Heard>> read(String pid, long after) {
    expire();
    Tap tap = taps.get(pid);
    if (tap == null) {
      if (taps.size() >= MOST) {
        return Optional.empty();
      }
      tap = taps.computeIfAbsent(pid, Tap::new);
    }
    tap.read.set(System.nanoTime());
    List<Heard> found = new ArrayList<>();
    synchronized (tap.heard) {
      tap.heard.stream().filter(one -> one.number() > after).forEach(found::add);
    }
    return Optional.of(found);
  }

  void end(String pid) {
    taps.remove(pid);
  }

  private void expire() {
    long now = System.nanoTime();
    taps.values().removeIf(tap -> now - tap.read.get() > IDLE.toNanos());
  }

  void hear(LiveWire wire, Object value) {
    if (taps.isEmpty() || !(value instanceof WireEnvelope envelope)) {
      return;
    }
    String emitter = wire.emitterName();
    String receiver = wire.receiverName();
    for (Tap tap : taps.values()) {
      if (tap.pid.equals(emitter) || tap.pid.equals(receiver)) {
        Heard heard =
            new Heard(
                tap.count.incrementAndGet(),
                System.currentTimeMillis(),
                emitter,
                wire.emitterPort(),
                receiver,
                wire.receiverPort(),
                envelope);
        synchronized (tap.heard) {
          if (tap.heard.size() == KEPT) {
            tap.heard.poll();
          }
          tap.heard.add(heard);
        }
      }
    }
    if (System.nanoTime() % 1024 == 0) {
      expire();
    }
  }
}
