package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.core.system.StrandService;
import org.penstock.flow.wires.component.Patient;
import org.penstock.flow.wires.component.Unbroken;

/** Without this, one component that throws or blocks would hold up or end what is wired beside it. */
class LaneTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final StrandService strands = new StrandService();
  private final Lanes lanes = Lanes.over(strands);
  private final Wiring wiring =
      new Wiring(Runnable::run, new WireNews(Runnable::run, () -> null), lanes);

  private record Got(Object value, String thread) {}

  /** A receiver that does something first. */
  private static class Receiver implements Consumer {
    final List<Got> got = new CopyOnWriteArrayList<>();

    @Override
    public void producersConnected(Wire[] wires) {
      // not of interest
    }

    @Override
    public void updated(Wire wire, Object value) {
      got.add(new Got(value, Thread.currentThread().getName()));
    }
  }

  @AfterEach
  void close() {
    wiring.close();
    strands.stop();
  }

  private LiveWire wire(String from, String to, Consumer consumer) {
    WiringTest.End producer = new WiringTest.End();
    wiring.producerCame(from, new EndBook.End<>(producer, producer, null));
    wiring.consumerCame(to, new EndBook.End<>(consumer, consumer, null));
    return wiring.createWire(from, to, null);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within " + LIMIT);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aReceiverThatThrowsIsMovedAsideAndComesBackWhenItIsWell() {
    AtomicBoolean bad = new AtomicBoolean(true);
    Receiver receiver =
        new Receiver() {
          @Override
          public void updated(Wire wire, Object value) {
            super.updated(wire, value);
            if (bad.get()) {
              throw new IllegalStateException("no");
            }
          }
        };
    LiveWire wire = wire("a", "b", receiver);
    wire.update(0);
    assertTrue(wire.lane().isAside());
    assertTrue(wire.traffic().trouble().contains("no"));
    bad.set(false);
    for (int i = 1; i <= Lane.GOOD; i++) {
      wire.update(i);
    }
    await(() -> receiver.got.size() == Lane.GOOD + 1 && !wire.lane().isAside());
    assertEquals("flow/aside/b", receiver.got.get(1).thread());
    assertEquals(
        IntStream.rangeClosed(0, Lane.GOOD).boxed().toList(),
        receiver.got.stream().map(Got::value).toList(),
        "order is kept");
    wire.update("here");
    assertEquals(
        Thread.currentThread().getName(), receiver.got.get(receiver.got.size() - 1).thread());
    assertEquals("", wire.traffic().trouble());
  }

  private static final class Filing extends Receiver implements Unbroken {
    private final AtomicInteger woken = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    @Override
    public void updated(Wire wire, Object value) {
      try {
        done.await();
      } catch (InterruptedException waking) {
        woken.incrementAndGet();
      }
      super.updated(wire, value);
    }
  }

  /** An interrupt closed the file of a database that took more than a second to open. */
  @Test
  void aReceiverThatAnInterruptWouldBreakIsMovedAsideButNotWoken() throws InterruptedException {
    Filing filing = new Filing();
    LiveWire wire = wire("a", "b", filing);
    Thread sender = new Thread(() -> wire.update(1), "test/sender");
    sender.start();
    await(() -> wire.lane().isAside());
    filing.done.countDown();
    sender.join();
    assertEquals(0, filing.woken.get());
    assertEquals(1, filing.got.size());
  }

  @Test
  void aReceiverThatBlocksCostsItsSenderOneSecondOnce() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger woken = new AtomicInteger();
    Receiver blocking =
        new Receiver() {
          @Override
          public void updated(Wire wire, Object value) {
            super.updated(wire, value);
            try {
              never.await();
            } catch (InterruptedException waking) {
              woken.incrementAndGet();
            }
          }
        };
    LiveWire wire = wire("a", "b", blocking);
    Receiver neighbour = new Receiver();
    LiveWire beside = wire("a", "c", neighbour);
    wire.update(0);
    assertTrue(wire.lane().isAside());
    assertEquals(1, woken.get());
    assertFalse(Thread.currentThread().isInterrupted(), "the sender's thread is as before");
    long began = System.nanoTime();
    for (int i = 0; i < 1000; i++) {
      wire.update(i);
      beside.update(i);
    }
    assertTrue((System.nanoTime() - began) / 1_000_000 < 5_000, "the sender was held up");
    assertEquals(1000, neighbour.got.size());
    assertSame(neighbour.got.get(0).thread(), neighbour.got.get(999).thread());
    assertTrue(wire.lane().dropped() >= 1000 - Lane.WAITING - 10, "" + wire.lane().dropped());
    assertTrue(wire.lane().backlog() <= Lane.WAITING);
    assertFalse(wire.traffic().trouble().isEmpty());
  }

  @Test
  void whoPassesOnToABlockingReceiverIsNotBlamed() {
    CountDownLatch never = new CountDownLatch(1);
    Receiver blocking =
        new Receiver() {
          @Override
          public void updated(Wire wire, Object value) {
            try {
              never.await();
            } catch (InterruptedException waking) {
              Thread.currentThread().interrupt();
            }
          }
        };
    LiveWire last = wire("b", "c", blocking);
    LiveWire first =
        wire(
            "a",
            "b",
            new Receiver() {
              @Override
              public void updated(Wire wire, Object value) {
                last.update(value);
              }
            });
    first.update(1);
    assertTrue(last.lane().isAside());
    assertFalse(first.lane().isAside());
    assertEquals("", first.traffic().trouble());
  }

  @Test
  void whoMayWaitIsNotMoved() {
    CountDownLatch later = new CountDownLatch(1);
    class Waiting extends Receiver implements Patient {
      @Override
      public void updated(Wire wire, Object value) {
        try {
          later.await(1300, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException waking) {
          throw new IllegalStateException(waking);
        }
      }
    }
    LiveWire wire = wire("a", "b", new Waiting());
    wire.update(1);
    assertFalse(wire.lane().isAside());
    assertEquals("", wire.traffic().trouble());
  }

  @Test
  void whatWaitsForAReceiverThatGoesGoesToo() {
    CountDownLatch gate = new CountDownLatch(1);
    List<Object> values = new CopyOnWriteArrayList<>();
    Receiver receiver =
        new Receiver() {
          @Override
          public void updated(Wire wire, Object value) {
            values.add(value);
            if (Integer.valueOf(0).equals(value)) {
              throw new IllegalStateException("no");
            }
            try {
              gate.await();
            } catch (InterruptedException waking) {
              Thread.currentThread().interrupt();
            }
          }
        };
    LiveWire wire = wire("a", "b", receiver);
    for (int i = 0; i < 20; i++) {
      wire.update(i);
    }
    await(() -> values.size() == 2);
    wiring.consumerWent("b", receiver);
    int seen = values.size();
    Receiver next = new Receiver();
    wiring.consumerCame("b", new EndBook.End<>(next, next, null));
    gate.countDown(); // what waited could go on now
    wire.update("new");
    await(() -> next.got.size() == 1);
    wire.update("last");
    await(() -> next.got.size() >= 2);
    assertEquals(List.of("new", "last"), next.got.stream().map(Got::value).toList());
    assertEquals(seen, values.size());
    assertFalse(wire.lane().isAside());
  }
}
