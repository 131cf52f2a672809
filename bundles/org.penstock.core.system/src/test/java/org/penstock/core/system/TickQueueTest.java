package org.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Without it a tick could come before an earlier one, be lost, or come after it was taken back. */
class TickQueueTest {

  private static final int MANY = 5_000;

  private final TickQueue queue = new TickQueue();

  private static Tick overdueBy(long nanos) {
    return Tick.wakeUp(-nanos);
  }

  @Test
  void ticksComeByTimeWhateverWasAddedAndTakenBackBetween() throws InterruptedException {
    Random random = new Random(11);
    PriorityQueue<Tick> model =
        new PriorityQueue<>((one, other) -> Long.compare(one.dueAt(), other.dueAt()));
    List<Tick> there = new ArrayList<>();
    for (int step = 0; step < MANY; step++) {
      Tick tick = overdueBy(1 + random.nextLong(1_000_000_000_000_000L));
      queue.add(tick);
      model.add(tick);
      there.add(tick);
      if (random.nextInt(3) == 0) {
        Tick gone = there.remove(random.nextInt(there.size()));
        queue.remove(gone);
        model.remove(gone);
      }
      if (random.nextInt(5) == 0) {
        List<Tick> taken = new ArrayList<>();
        queue.take(taken, 1, 0);
        assertEquals(model.poll(), taken.get(0));
        there.remove(taken.get(0));
      }
    }
    List<Tick> rest = new ArrayList<>();
    queue.take(rest, MANY, 0);
    List<Tick> expected = new ArrayList<>();
    while (!model.isEmpty()) {
      expected.add(model.poll());
    }
    assertEquals(expected, rest);
  }

  /** Who waits for one of an hour is woken for one that is due now. */
  @Test
  @Timeout(60)
  void anEarlierTickWakesTheTimer() throws InterruptedException {
    queue.add(Tick.wakeUp(3_600_000_000_000L));
    Tick now = overdueBy(1);
    Thread adding = new Thread(() -> queue.add(now), "adding");
    List<Tick> taken = new ArrayList<>();
    adding.start();
    queue.take(taken, 10, 3_600_000_000_000L);
    adding.join();
    assertEquals(List.of(now), taken);
  }

  @Test
  void nothingIsTakenBeforeItIsDue() throws InterruptedException {
    queue.add(Tick.wakeUp(3_600_000_000_000L));
    List<Tick> taken = new ArrayList<>();
    queue.take(taken, 10, 1_000_000);
    assertTrue(taken.isEmpty());
  }
}
