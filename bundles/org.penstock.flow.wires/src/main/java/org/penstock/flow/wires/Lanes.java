package org.penstock.flow.wires;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** The ways to all receivers by service pid, and the watch over them. Any thread may call. */
final class Lanes implements AutoCloseable {

  private static final Duration WATCH = Duration.ofMillis(250);

  private final Optional<Strands> strands;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicReference<Strand> watch = new AtomicReference<>();
  private final AtomicReference<Strand> closing = new AtomicReference<>();

  private Lanes(Optional<Strands> strands) {
    this.strands = strands;
  }

  /** Watches and moves aside. */
  static Lanes over(Strands strands) {
    Lanes made = new Lanes(Optional.of(strands));
    made.watch.set(strands.open("flow/wires/watch"));
    made.closing.set(strands.open("flow/wires/closing"));
    made.watch.get().every(WATCH, WATCH, made::look);
    return made;
  }

  /** Never moves anything aside. */
  static Lanes still() {
    return new Lanes(Optional.empty());
  }

  private void look() {
    long now = System.nanoTime();
    lanes.values().forEach(lane -> lane.watch(now));
  }

  Lane to(String pid) {
    return lanes.computeIfAbsent(pid, key -> new Lane(this));
  }

  /** The receiver is gone; the next with its pid begins well. */
  void gone(String pid) {
    Optional.ofNullable(lanes.get(pid)).ifPresent(Lane::clear);
  }

  /** No wire leads there any more. */
  void forget(String pid) {
    Optional.ofNullable(lanes.remove(pid)).ifPresent(Lane::clear);
  }

  /** A strand for a receiver that was moved aside; null when nothing is. */
  Strand strand(String receiver) {
    return strands.map(some -> some.open("flow/aside/" + receiver)).orElse(null);
  }

  /** Closes where nobody waits for it. */
  void close(Strand strand) {
    try {
      closing.get().execute(strand::close);
    } catch (RejectedExecutionException ended) {
      strand.close();
    }
  }

  @Override
  public void close() {
    lanes.values().forEach(Lane::clear);
    lanes.clear();
    Optional.ofNullable(watch.get()).ifPresent(Strand::close);
    Optional.ofNullable(closing.get()).ifPresent(Strand::close);
  }
}
