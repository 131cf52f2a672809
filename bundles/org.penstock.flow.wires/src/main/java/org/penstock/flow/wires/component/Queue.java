package org.penstock.flow.wires.component;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.strand.Strand;

/** A bounded queue that a strand empties. A changed configuration makes a new queue. */
final class Queue implements AutoCloseable {

  /** What changes, under the lock of the queue. */
  private static final class Stage {
    private boolean closed;
    private boolean passing;
  }

  private final Strand strand;
  private final int capacity;
  private final boolean discard;
  private final Consumer<List<WireRecord>> next;
  private final Deque<List<WireRecord>> waiting = new ArrayDeque<>();
  private final Stage stage = new Stage();
  private final LongAdder passed = new LongAdder();
  private final LongAdder dropped = new LongAdder();

  /**
   * @param discard drop what arrives when full; else who brings it waits
   * @param next gets the records, on the strand
   */
  Queue(Strand strand, int capacity, boolean discard, Consumer<List<WireRecord>> next) {
    this.strand = strand;
    this.capacity = capacity;
    this.discard = discard;
    this.next = next;
  }

  /** Adds records; waits for room, or drops them, as configured. */
  void add(List<WireRecord> records) {
    synchronized (waiting) {
      try {
        while (!discard && !stage.closed && waiting.size() >= capacity) {
          waiting.wait();
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      if (stage.closed || waiting.size() >= capacity) {
        dropped.increment();
        return;
      }
      waiting.add(records);
      if (!stage.passing) {
        stage.passing = true;
        strand.execute(this::pass);
      }
    }
  }

  /** Passes one on, so that other tasks of the strand have their turn. */
  private void pass() {
    List<WireRecord> records;
    synchronized (waiting) {
      records = waiting.poll();
      waiting.notifyAll();
    }
    try {
      if (records != null) {
        passed.increment();
        next.accept(records);
      }
    } finally {
      synchronized (waiting) {
        stage.passing = !stage.closed && !waiting.isEmpty();
        if (stage.passing) {
          strand.execute(this::pass);
        }
      }
    }
  }

  Map<String, Object> figures() {
    synchronized (waiting) {
      return Map.of("waiting", waiting.size(), "passed", passed.sum(), "dropped", dropped.sum());
    }
  }

  /** Drops what waits; who waits for room goes on. */
  @Override
  public void close() {
    synchronized (waiting) {
      stage.closed = true;
      dropped.add(waiting.size());
      waiting.clear();
      waiting.notifyAll();
    }
  }
}
