package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.penstock.flow.wires.testkit.ManualStrands;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, a queue loses envelopes, mixes them up, or holds an emitter for ever. */
class QueueTest {

  private final ManualStrands strands = new ManualStrands();
  private final List<String> passed = new ArrayList<>();

  private Queue queue(int capacity, boolean discard) {
    return new Queue(
        strands.open("flow/fifo/q"),
        capacity,
        discard,
        records -> passed.add(Wires.text(records.get(0))));
  }

  private static List<WireRecord> records(int n) {
    return List.of(Wires.record("n", n));
  }

  @Test
  void envelopesPassInOrderOnTheStrand() {
    Queue queue = queue(50, false);
    queue.add(records(1));
    queue.add(records(2));
    assertEquals(List.of(), passed);
    strands.run();
    queue.add(records(3));
    strands.run();
    assertEquals(List.of("n=1", "n=2", "n=3"), passed);
  }

  @Test
  void aFullQueueDropsWhatArrives() {
    Queue queue = queue(2, true);
    for (int n = 1; n <= 4; n++) {
      queue.add(records(n));
    }
    strands.run();
    assertEquals(List.of("n=1", "n=2"), passed);
    assertEquals(2L, queue.figures().get("dropped"));
  }

  @Test
  void aFullQueueBlocksTheEmitterUntilThereIsRoom() throws InterruptedException {
    Queue queue = queue(1, false);
    queue.add(records(1));
    CountDownLatch added = new CountDownLatch(1);
    Thread emitter =
        new Thread(
            () -> {
              queue.add(records(2));
              added.countDown();
            });
    emitter.start();
    while (emitter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(added.await(0, TimeUnit.SECONDS));
    strands.run();
    assertTrue(added.await(10, TimeUnit.SECONDS));
    strands.run();
    assertEquals(List.of("n=1", "n=2"), passed);
  }

  @Test
  void reconfigurationDropsTheQueueAndFreesWhoWaits() throws InterruptedException {
    Queue queue = queue(1, false);
    queue.add(records(1));
    Thread emitter = new Thread(() -> queue.add(records(2)));
    emitter.start();
    while (emitter.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    queue.close();
    emitter.join(10_000);
    assertFalse(emitter.isAlive());
    strands.run();
    assertEquals(List.of(), passed);
    assertEquals(2L, queue.figures().get("dropped"));
  }

  @Test
  void aReceiverThatThrowsDoesNotStopTheQueue() {
    Queue queue =
        new Queue(
            strands.open("flow/fifo/q"),
            5,
            false,
            records -> {
              passed.add(Wires.text(records.get(0)));
              throw new IllegalStateException();
            });
    queue.add(records(1));
    queue.add(records(2));
    for (int i = 0; i < 2; i++) {
      try {
        strands.run();
      } catch (IllegalStateException expected) {
        assertEquals(i + 1, passed.size());
      }
    }
    assertEquals(List.of("n=1", "n=2"), passed);
  }
}
