package org.penstock.core.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Schedule;

/** Without it one slow device could delay another, or a strand run two tasks at once. */
class StrandTest {

  private final StrandPool pool = new StrandPool(4);

  @AfterEach
  void close() {
    pool.close();
  }

  private SerialStrand strand(String name) {
    return new SerialStrand(pool, name);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertTrue(latch.await(10, TimeUnit.SECONDS), "not within 10 s, left: " + latch.getCount());
  }

  @Test
  void tasksRunInOrderOneAtATime() throws InterruptedException {
    SerialStrand strand = strand("test/order");
    List<Integer> seen = new ArrayList<>();
    AtomicInteger running = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(10_000);
    for (int i = 0; i < 10_000; i++) {
      int number = i;
      strand.execute(
          () -> {
            if (running.incrementAndGet() > 1) {
              overlaps.incrementAndGet();
            }
            seen.add(number);
            running.decrementAndGet();
            done.countDown();
          });
    }
    await(done);
    assertEquals(0, overlaps.get());
    List<Integer> sorted = new ArrayList<>(seen);
    Collections.sort(sorted);
    assertEquals(sorted, seen);
    assertEquals(10_000, seen.size());
  }

  /** A command of an hour over the cloud would have had the box started again after two minutes. */
  @Test
  void pollersAndPublishersThatHangAreNamedAndWhatServesARequestIsNot()
      throws InterruptedException {
    StrandService service = new StrandService();
    CountDownLatch release = new CountDownLatch(1);
    for (String name : List.of("cloud/requests/c", "console/x", "flow/publish/p", "flow/timer")) {
      service.open(name).execute(() -> waitFor(release));
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (service.stuck(Duration.ofSeconds(1)).isEmpty() && System.nanoTime() < end) {
      release.await(10, TimeUnit.MILLISECONDS);
    }
    String stuck = service.stuck(Duration.ofSeconds(1)).orElse("");
    assertEquals("flow/publish/p hangs in one task for more than 1 s", stuck);
    service.open("cloud/data/d").execute(() -> waitFor(release));
    while (service.stuck(Duration.ofSeconds(1)).orElse("").equals(stuck)
        && System.nanoTime() < end) {
      release.await(10, TimeUnit.MILLISECONDS);
    }
    assertTrue(service.stuck(Duration.ofSeconds(1)).orElse("").startsWith("cloud/data/d hangs"));
    assertTrue(service.stuck(Duration.ofHours(1)).isEmpty());
    release.countDown();
    service.stop();
  }

  @Test
  void twentyBlockedStrandsDoNotHoldUpAnother() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 20; i++) {
      strand("test/blocked/" + i).execute(() -> waitFor(release));
    }
    CountDownLatch ran = new CountDownLatch(1);
    strand("test/free").execute(ran::countDown);
    await(ran);
    release.countDown();
  }

  @Test
  void aHundredBlockedStrandsAreMovedToThreadsOfTheirOwnAndAnotherRuns()
      throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < 100; i++) {
      strand("test/blocked/" + i).execute(() -> waitFor(release));
    }
    CountDownLatch ran = new CountDownLatch(1);
    strand("test/free").execute(ran::countDown);
    await(ran);
    assertTrue(pool.ownThreads() > 0);
    release.countDown();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTickThatFallsDueWhileTheOneBeforeRunsIsCountedAndNotQueued() throws InterruptedException {
    SerialStrand strand = strand("test/ticks");
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(1);
    Schedule schedule =
        strand.every(
            Duration.ZERO,
            Duration.ofMillis(20),
            () -> {
              runs.incrementAndGet();
              begun.countDown();
              waitFor(release);
            });
    await(begun);
    CountDownLatch later = new CountDownLatch(1);
    strand("test/other").after(Duration.ofMillis(300), later::countDown);
    await(later);
    assertEquals(1, runs.get());
    assertTrue(schedule.missed() >= 5, "missed: " + schedule.missed());
    assertEquals(0, strand.waiting());
    release.countDown();
    schedule.close();
  }

  @Test
  void aTaskThatThrowsDoesNotEndTheStrand() throws InterruptedException {
    SerialStrand strand = strand("test/throws");
    CountDownLatch ran = new CountDownLatch(1);
    strand.execute(
        () -> {
          throw new IllegalStateException("by the test's wish");
        });
    strand.execute(ran::countDown);
    await(ran);
  }

  @Test
  void theThreadCarriesTheStrandsName() throws InterruptedException {
    List<String> names = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ran = new CountDownLatch(1);
    SerialStrand strand = strand("field/asset/pump1");
    strand.execute(
        () -> {
          names.add(Thread.currentThread().getName());
          assertTrue(strand.isCurrent());
          ran.countDown();
        });
    await(ran);
    assertEquals(List.of("field/asset/pump1"), names);
    assertFalse(strand.isCurrent());
  }

  /** A name costs more than a short task; whoever looks at a dump needs the names of long ones. */
  @Test
  void aStrandOfShortTasksLendsItsNameOnlyToALongOne() throws InterruptedException {
    SerialStrand strand = strand("flow/timer/t1");
    CountDownLatch shortOnes = new CountDownLatch(200);
    for (int i = 0; i < 200; i++) {
      strand.execute(shortOnes::countDown);
    }
    await(shortOnes);
    CountDownLatch ended = new CountDownLatch(1);
    AtomicReference<String> name = new AtomicReference<>("");
    strand.execute(
        () -> {
          long end = System.nanoTime() + 10_000_000_000L;
          while (!name.get().equals("flow/timer/t1") && System.nanoTime() < end) {
            Thread.onSpinWait();
            name.set(Thread.currentThread().getName());
          }
          ended.countDown();
        });
    await(ended);
    assertEquals("flow/timer/t1", name.get());
  }

  /** No thread is woken beside one with short tasks; when such a task blocks for once, others must go on. */
  @Test
  void aStrandWhoseTasksWereShortAndBlockNowHoldsNobodyUp() throws InterruptedException {
    List<SerialStrand> strands = new ArrayList<>();
    CountDownLatch shortOnes = new CountDownLatch(8 * 200);
    for (int i = 0; i < 8; i++) {
      SerialStrand strand = strand("test/short/" + i);
      strands.add(strand);
      for (int task = 0; task < 200; task++) {
        strand.execute(shortOnes::countDown);
      }
    }
    await(shortOnes);
    CountDownLatch all = new CountDownLatch(8);
    strands.forEach(
        strand ->
            strand.execute(
                () -> {
                  all.countDown();
                  waitFor(all);
                }));
    await(all);
  }

  /** One thread is woken for a burst: the others of it must still get theirs. */
  @Test
  void eachOfManyTicksThatFallDueTogetherRuns() throws InterruptedException {
    List<Schedule> schedules = new ArrayList<>();
    CountDownLatch ticks = new CountDownLatch(64 * 20);
    for (int i = 0; i < 64; i++) {
      CountDownLatch own = new CountDownLatch(20);
      schedules.add(
          strand("test/tick/" + i)
              .every(
                  Duration.ZERO,
                  Duration.ofMillis(5),
                  () -> {
                    if (own.getCount() > 0) {
                      own.countDown();
                      ticks.countDown();
                    }
                  }));
    }
    await(ticks);
    schedules.forEach(Schedule::close);
  }

  @Test
  void closeEndsWithinTwoSecondsAndInterruptsWhatRuns() throws InterruptedException {
    SerialStrand strand = strand("test/close");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    strand.execute(
        () -> {
          begun.countDown();
          waitFor(new CountDownLatch(1));
          ended.countDown();
        });
    await(begun);
    assertTimeout(Duration.ofSeconds(4), strand::close);
    await(ended);
    assertThrows(RejectedExecutionException.class, () -> strand.execute(() -> {}));
  }

  @Test
  void closeFromItsOwnTaskDoesNotWait() throws InterruptedException {
    SerialStrand strand = strand("test/self");
    CountDownLatch ran = new CountDownLatch(1);
    strand.execute(
        () -> {
          strand.close();
          ran.countDown();
        });
    await(ran);
  }

  /** Seen in review: a dropped run left the tick coming for ever, with its component's class loader. */
  @Test
  void aTickWhoseRunAClosedStrandHasDroppedDoesNotComeAgain() throws InterruptedException {
    SerialStrand strand = strand("field/asset/gone");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    strand.execute(
        () -> {
          begun.countDown();
          while (gate.getCount() > 0) {
            try {
              gate.await();
            } catch (InterruptedException stubborn) {
              continue;
            }
          }
        });
    await(begun);
    Tick tick = new Tick(pool, strand, 0, 1_000_000, () -> {});
    assertTrue(tick.due(), "its run waits behind the one that holds the strand");
    strand.close();
    assertFalse(tick.due());
    gate.countDown();
  }

  /** If deleted: one source that throws could take the whole health page, and every start, with it. */
  @Test
  void aHealthSourceThatThrowsIsFailedItself() {
    HealthSource broken =
        new HealthSource() {
          @Override
          public String name() {
            return "acme";
          }

          @Override
          public HealthState health() {
            throw new IllegalStateException("no sensor");
          }
        };
    HealthState state = new GuardedSource(broken).health();
    assertEquals(HealthState.Level.FAILED, state.level());
    assertTrue(state.reason().contains("no sensor"), state.reason());
  }
}
