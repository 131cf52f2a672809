package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;

/** Who is asked next and when, by a clock that the test turns. */
class ScheduleTest {

  private static final long MS = 1_000_000;
  private static final Request READ = Request.read(Table.HOLDING_REGISTERS, 0, 1);
  private static final ByteBuffer GOOD = ByteBuffer.wrap(new byte[] {3, 2, 0, 0});
  private static final ByteBuffer BUSY = ByteBuffer.wrap(new byte[] {(byte) 0x83, 6});

  private long now = MS;

  private static Schedule schedule(int window) {
    return new Schedule("device", new LinkOptions(Duration.ofSeconds(1), window, 1, true, 0), true);
  }

  private static Exchange exchange(int unit, int pauseMs) {
    return exchange(unit, pauseMs, Exchange.Pace.AS_THE_LINK);
  }

  private static Exchange exchange(int unit, int pauseMs, int outstanding) {
    return new Exchange(
        "owner",
        unit,
        READ,
        new Exchange.Pace(Duration.ofMillis(100), Duration.ofMillis(pauseMs), outstanding),
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            // the schedule is what is looked at
          }

          @Override
          public void failed(DriverException reason) {
            // the schedule is what is looked at
          }
        },
        false);
  }

  /** Tells what became of it, and then does what a listener may do: end others, too. */
  private static Exchange exchange(List<String> told, Runnable afterFailure) {
    return new Exchange(
        "owner",
        1,
        READ,
        Duration.ofMillis(100),
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            told.add("answered");
          }

          @Override
          public void failed(DriverException reason) {
            told.add(reason.getMessage());
            afterFailure.run();
          }
        });
  }

  private Optional<Exchange> send(Schedule schedule) {
    Optional<Exchange> next = schedule.next(now);
    next.ifPresent(exchange -> schedule.sent(exchange, 1, now));
    return next;
  }

  /** If deleted: a unit that is absent after the connection broke could be waited for each time. */
  @Test
  void aRequestThatEndsWhileAnotherOneEndsIsCountedOnce() {
    Schedule schedule = schedule(2);
    List<String> told = new ArrayList<>();
    schedule.add(exchange(told, () -> schedule.failAll("broken again")), now);
    schedule.add(exchange(told, () -> {}), now);
    send(schedule).orElseThrow();
    send(schedule).orElseThrow();
    schedule.failAll("broken");
    assertEquals(2, told.size());
    for (int i = 0; i < 2; i++) {
      schedule.add(exchange(told, () -> {}), now);
      Exchange sent = send(schedule).orElseThrow();
      now = sent.progress().end;
      schedule.silent(sent, now);
    }
    schedule.add(exchange(told, () -> {}), now);
    assertTrue(told.get(told.size() - 1).contains("skipped"), told::toString);
  }

  /** If deleted: whoever waits beside one that throws could wait for ever when the line breaks. */
  @Test
  void oneThatThrewWhenItWasToldKeptTheOthersWaiting() {
    List<String> told = new ArrayList<>();
    Runnable bug =
        () -> {
          throw new IllegalStateException("a listener's");
        };
    Schedule schedule = schedule(2);
    for (int i = 0; i < 3; i++) { // two in flight, the others wait
      schedule.add(exchange(told, bug), now);
      schedule.add(exchange(told, () -> {}), now);
    }
    send(schedule).orElseThrow();
    send(schedule).orElseThrow();
    schedule.failAll("broken");
    assertEquals(
        Collections.nCopies(6, "broken"),
        told.stream().map(t -> t.replaceAll(".*broken", "broken")).toList());
    schedule.add(exchange(told, bug), now);
    schedule.add(exchange(told, bug), now);
    schedule.release("owner");
    assertEquals(8, told.size());
    assertEquals(Optional.empty(), schedule.next(now));
  }

  /** If deleted: the pause of one device could be kept for all, or for none, behind one link. */
  @Test
  void eachUnitIsLeftInPeaceForItsOwnPause() {
    Schedule schedule = schedule(1);
    for (int i = 0; i < 2; i++) {
      schedule.add(exchange(1, 50), now);
      schedule.add(exchange(2, 0), now);
    }
    for (int unit : List.of(1, 2)) {
      Exchange sent = send(schedule).orElseThrow();
      assertEquals(unit, sent.unit());
      now += MS;
      schedule.answered(sent, GOOD, now);
    }
    Exchange other = send(schedule).orElseThrow();
    assertEquals(2, other.unit(), "has no pause");
    schedule.answered(other, GOOD, now);
    assertFalse(send(schedule).isPresent(), "unit 1 rests");
    assertEquals(2 * MS + 50 * MS, schedule.wakeAt(now));
    now = 2 * MS + 50 * MS;
    assertEquals(1, send(schedule).orElseThrow().unit());
  }

  /** If deleted: units could miss a request that follows a broadcast too closely (V1.02, 2.4.1). */
  @Test
  void nobodyIsAskedWhileAllActOnABroadcast() {
    Schedule schedule = schedule(1);
    schedule.add(exchange(0, 0), now);
    schedule.add(exchange(1, 0), now);
    schedule.broadcast(send(schedule).orElseThrow(), now);
    assertFalse(send(schedule).isPresent());
    long rest = schedule.wakeAt(now);
    assertTrue(rest >= now + 100 * MS, "turnaround after a broadcast");
    now = rest;
    assertEquals(1, send(schedule).orElseThrow().unit());
  }

  /** A device that takes so many requests at a time and leaves out, or refuses, all beyond. */
  private int windowAfter(Schedule schedule, int bears, boolean refuses, int rounds) {
    Deque<Exchange> taken = new ArrayDeque<>();
    List<Exchange> leftOut = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 2 * Window.MOST; i++) {
        schedule.add(exchange(1, 0), now);
      }
      do {
        for (Optional<Exchange> next = send(schedule); next.isPresent(); next = send(schedule)) {
          if (taken.size() < bears) {
            taken.addLast(next.get());
          } else if (refuses) {
            schedule.answered(next.get(), BUSY, now);
          } else {
            leftOut.add(next.get());
          }
        }
        now += MS;
        if (!taken.isEmpty()) {
          schedule.answered(taken.removeFirst(), GOOD, now);
        } else {
          now += 100 * MS;
          leftOut.forEach(exchange -> schedule.silent(exchange, now));
          leftOut.clear();
        }
      } while (!schedule.idle());
      now += 1_000 * MS;
    }
    return schedule.window();
  }

  /** If deleted: the window could stay at one for ever, or flood a device that bears few requests. */
  @Test
  void theWindowIsFoundThatADeviceBears() {
    assertEquals(Window.MOST, windowAfter(schedule(0), 1_000, false, 100));
    assertEquals(4, windowAfter(schedule(0), 4, false, 100));
    assertEquals(4, windowAfter(schedule(0), 4, true, 100));
    assertEquals(1, windowAfter(schedule(0), 1, false, 100));
    assertEquals(3, windowAfter(schedule(3), 1_000, false, 100), "set, not found out");
  }

  /** If deleted: a device that was off for a moment could be asked one by one for hours. */
  @Test
  void silenceOfTheWholeDeviceSaysNothingOfItsWindow() {
    Schedule schedule = schedule(0);
    int window = windowAfter(schedule, 1_000, false, 100);
    for (int i = 0; i < Window.MOST; i++) {
      schedule.add(exchange(1, 0), now);
    }
    List<Exchange> all = new ArrayList<>();
    for (Optional<Exchange> next = send(schedule); next.isPresent(); next = send(schedule)) {
      all.add(next.get());
    }
    assertEquals(window, all.size());
    now += 100 * MS;
    all.forEach(exchange -> schedule.silent(exchange, now));
    assertEquals(window, schedule.window());
  }

  /** If deleted: the window of the instance that came first could hold for all behind one gateway. */
  @Test
  void eachUnitHasTheWindowOfWhoAsksIt() {
    Schedule schedule = schedule(1);
    for (int i = 0; i < 4; i++) {
      schedule.add(exchange(1, 0, 1), now);
      schedule.add(exchange(2, 0, 4), now);
    }
    List<Integer> units = new ArrayList<>();
    for (Optional<Exchange> next = send(schedule); next.isPresent(); next = send(schedule)) {
      units.add(next.get().unit());
    }
    assertEquals(List.of(1, 2, 2, 2), units, "one of unit 1, four in all");
    assertEquals(1, schedule.window(1));
    assertEquals(4, schedule.window(2));
  }

  /**
   * Units behind a gateway, each asked several times a round.
   *
   * @param bears requests at a time, by unit id; what is beyond is left out
   * @param gateway the same, of all units together
   */
  private void ask(Schedule schedule, Map<Integer, Integer> bears, int gateway) {
    for (int round = 0; round < 50; round++) { // too few for the next trial of one more
      for (int i = 0; i < 2 * Window.MOST; i++) {
        bears.keySet().forEach(unit -> schedule.add(exchange(unit, 0), now));
      }
      Deque<Exchange> taken = new ArrayDeque<>();
      List<Exchange> leftOut = new ArrayList<>();
      do {
        for (Optional<Exchange> next = send(schedule); next.isPresent(); next = send(schedule)) {
          int unit = next.get().unit();
          boolean bearsIt = taken.stream().filter(e -> e.unit() == unit).count() < bears.get(unit);
          (bearsIt && taken.size() < gateway ? taken : leftOut).add(next.get());
        }
        now += MS;
        if (taken.isEmpty()) {
          now += 100 * MS;
          leftOut.forEach(exchange -> schedule.silent(exchange, now));
          leftOut.clear();
        } else {
          schedule.answered(taken.removeFirst(), GOOD, now);
        }
      } while (!schedule.idle());
      now += 1_000 * MS;
    }
  }

  /** If deleted: one slow unit could take the outstanding requests from all others of its gateway. */
  @Test
  void theWindowOfAUnitThatBearsOneIsItsOwn() {
    Schedule schedule = schedule(0);
    ask(schedule, Map.of(1, 1_000, 2, 1), 1_000);
    assertEquals(1, schedule.window(2));
    assertEquals(Window.MOST, schedule.window(1));
  }

  /** If deleted: a gateway that takes one request at a time could be asked more for ever. */
  @Test
  void aGatewayThatBearsFewRequestsGetsNoMoreForAllItsUnits() {
    for (int gateway : List.of(1, 3)) {
      Schedule schedule = schedule(0);
      ask(schedule, Map.of(1, 1_000, 2, 1_000, 3, 1_000, 4, 1_000), gateway);
      assertEquals(gateway, schedule.window());
    }
  }

  /** If deleted: a unit that is switched off could cost the others their outstanding requests. */
  @Test
  void aDeadUnitSaysNothingOfTheWindow() {
    Schedule schedule = schedule(0);
    ask(schedule, Map.of(1, 1_000, 2, 1_000, 3, 1_000), 1_000);
    ask(schedule, Map.of(1, 1_000, 2, 1_000, 3, 0, 4, 0), 1_000);
    assertEquals(Window.MOST, schedule.window());
    assertTrue(schedule.window(1) >= Window.MOST / 4, "shared by three");
  }
}
