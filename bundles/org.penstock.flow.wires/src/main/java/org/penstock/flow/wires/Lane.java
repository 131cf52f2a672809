package org.penstock.flow.wires;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.wireadmin.Consumer;
import org.penstock.api.strand.Strand;

/**
 * The way to one receiver. While the receiver is well, values go to it in the thread that brings them. When
 * it throws, or takes more than a second, it is moved aside: values wait for it in a bounded queue, on a
 * strand of its own, until it was well for a while. Any thread may call.
 */
final class Lane {

  /** Values that may wait; the oldest go first. */
  static final int WAITING = 100;

  /** So many values taken well in a row, and the receiver comes back. */
  static final int GOOD = 50;

  private record Delivery(LiveWire wire, Consumer consumer, Object value) {}

  /** What changes, under the lock of the queue. */
  private static final class Stage {
    private Strand strand;
    private boolean passing;
    private int good;
  }

  private final Lanes lanes;
  private final AtomicBoolean aside = new AtomicBoolean();
  private final AtomicReference<Call> first = new AtomicReference<>();
  private final Set<Call> more = ConcurrentHashMap.newKeySet();
  private final Deque<Delivery> waiting = new ArrayDeque<>();
  private final Stage stage = new Stage();
  private final LongAdder dropped = new LongAdder();

  Lane(Lanes lanes) {
    this.lanes = lanes;
  }

  void deliver(LiveWire wire, Consumer consumer, Object value) {
    if (aside.get() && queued(new Delivery(wire, consumer, value))) {
      return;
    }
    if (!carry(wire, consumer, value)) {
      moveAside(wire);
    }
  }

  private boolean carry(LiveWire wire, Consumer consumer, Object value) {
    Call call = Call.begin(wire);
    if (!first.compareAndSet(null, call)) {
      more.add(call);
    }
    Throwable failure = null;
    try {
      consumer.updated(wire, value);
    } catch (Exception | LinkageError | StackOverflowError thrown) { // foreign code
      failure = thrown;
    }
    if (!first.compareAndSet(call, null)) {
      more.remove(call);
    }
    return wire.carried(call.end(), failure);
  }

  private boolean queued(Delivery delivery) {
    synchronized (waiting) {
      if (!aside.get()) {
        return false;
      }
      if (waiting.size() == WAITING) {
        waiting.poll();
        dropped.increment();
      }
      waiting.add(delivery);
      pass();
      return true;
    }
  }

  /** Called with the lock held. */
  private void pass() {
    if (!stage.passing && !waiting.isEmpty() && stage.strand != null) {
      try {
        stage.strand.execute(this::next);
        stage.passing = true;
      } catch (RejectedExecutionException closed) {
        waiting.clear(); // the receiver is gone
      }
    }
  }

  private void next() {
    Delivery delivery;
    synchronized (waiting) {
      delivery = waiting.poll();
    }
    boolean well = true;
    try {
      if (delivery != null && delivery.wire().leadsTo(delivery.consumer())) {
        well = carry(delivery.wire(), delivery.consumer(), delivery.value());
      }
    } finally {
      synchronized (waiting) {
        stage.passing = false;
        stage.good = well ? stage.good + 1 : 0;
        if (waiting.isEmpty() && stage.good >= GOOD) {
          aside.set(false);
        }
        pass();
      }
    }
  }

  private void moveAside(LiveWire wire) {
    synchronized (waiting) {
      if (stage.strand == null) {
        stage.strand = lanes.strand(wire.receiverName());
      }
      if (stage.strand != null) {
        stage.good = 0;
        aside.set(true);
      }
    }
  }

  /** Moves the receiver aside when it takes too long at this moment, and wakes it up. */
  void watch(long now) {
    for (Call call : calls()) {
      long own = call.own(now);
      if (own > Traffic.SLOW_NANOS && !call.wire().isPatient()) {
        call.wire().blocks(own);
        moveAside(call.wire());
        wake(call);
      }
    }
  }

  /** At work at this moment: mostly none or one, which needs no place in a set. */
  private List<Call> calls() {
    List<Call> all = new ArrayList<>(more);
    Optional.ofNullable(first.get()).ifPresent(all::add);
    return all;
  }

  private static void wake(Call call) {
    if (!call.wire().isUnbroken()) {
      call.interrupt();
    }
  }

  boolean isAside() {
    return aside.get();
  }

  int backlog() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  long dropped() {
    return dropped.sum();
  }

  /** The receiver is gone: what waits for it goes too. */
  void clear() {
    Strand strand;
    synchronized (waiting) {
      waiting.clear();
      aside.set(false);
      strand = stage.strand;
      stage.strand = null;
    }
    calls().forEach(Lane::wake);
    if (strand != null) {
      lanes.close(strand);
    }
  }
}
