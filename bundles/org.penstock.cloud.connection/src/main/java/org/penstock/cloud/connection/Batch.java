package org.penstock.cloud.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.cloud.connection.form.Sample;

/**
 * Collects values until they are many or old, and then hands them on, not more often than allowed.
 * Runs on its strand.
 */
final class Batch {

  /**
   * When values are handed on.
   *
   * @param count most values; 0: each delivery by itself
   * @param time longest wait of a value
   * @param pause shortest time between two messages; zero for none
   */
  record Rules(int count, Duration time, Duration pause) {

    boolean isOff() {
      return count == 0 && time.isZero() && pause.isZero();
    }
  }

  private final Rules rules;
  private final Strand strand;
  private final Consumer<List<Sample>> sink;
  private final List<Sample> waiting = new ArrayList<>();
  private Schedule due;
  private long lastSent = Long.MIN_VALUE / 2;

  Batch(Rules rules, Strand strand, Consumer<List<Sample>> sink) {
    this.rules = rules;
    this.strand = strand;
    this.sink = sink;
  }

  void add(List<Sample> samples) {
    waiting.addAll(samples);
    long pauseLeft = rules.pause().toNanos() - (System.nanoTime() - lastSent);
    boolean enough = rules.count() > 0 && waiting.size() >= rules.count();
    if (pauseLeft <= 0 && (enough || rules.time().isZero() && rules.count() == 0)) {
      flush();
    } else if (due == null && !waiting.isEmpty()) {
      long wait = enough ? pauseLeft : Math.max(pauseLeft, rules.time().toNanos());
      due = strand.after(Duration.ofNanos(Math.max(1, wait)), this::flush);
    }
  }

  void flush() {
    if (due != null) {
      due.close();
      due = null;
    }
    if (!waiting.isEmpty()) {
      lastSent = System.nanoTime();
      List<Sample> all = List.copyOf(waiting);
      waiting.clear();
      sink.accept(all);
    }
  }
}
