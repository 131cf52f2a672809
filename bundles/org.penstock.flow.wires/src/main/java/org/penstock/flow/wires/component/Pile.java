package org.penstock.flow.wires.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.strand.Strand;

/** Records that wait for more. A changed configuration makes a new pile. Thread safe. */
final class Pile {

  private final int most;
  private final Duration age;
  private final Strand strand;
  private final Consumer<List<WireRecord>> next;
  private final List<WireRecord> waiting = new ArrayList<>();
  private final AtomicLong number = new AtomicLong();

  /**
   * Reads the properties.
   *
   * @param next gets the pile: in the thread that fills it, or on the strand when it grows old
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  Pile(Settings settings, Strand strand, Consumer<List<WireRecord>> next) {
    this.most = settings.number(BatchConfig.RECORDS, 100, 1, 100_000);
    this.age = Duration.ofMillis(settings.number(BatchConfig.AGE, 10_000, 0, Integer.MAX_VALUE));
    this.strand = strand;
    this.next = next;
  }

  /** Envelopes are not torn apart: a pile may be somewhat larger than configured. */
  void add(List<WireRecord> records) {
    List<WireRecord> full = List.of();
    synchronized (waiting) {
      if (waiting.isEmpty() && !age.isZero() && !records.isEmpty()) {
        long pile = number.get();
        strand.after(age, () -> aged(pile));
      }
      waiting.addAll(records);
      if (waiting.size() >= most) {
        full = take();
      }
    }
    next.accept(full);
  }

  private void aged(long pile) {
    List<WireRecord> old;
    synchronized (waiting) {
      if (number.get() != pile) {
        return;
      }
      old = take();
    }
    next.accept(old);
  }

  private List<WireRecord> take() {
    number.incrementAndGet();
    List<WireRecord> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** Passes on what waits. */
  void flush() {
    List<WireRecord> left;
    synchronized (waiting) {
      left = take();
    }
    next.accept(left);
  }

  Map<String, Object> figures() {
    synchronized (waiting) {
      return Map.of("waiting", waiting.size(), "batches", number.get());
    }
  }
}
