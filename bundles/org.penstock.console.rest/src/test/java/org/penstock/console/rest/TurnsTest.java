package org.penstock.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.penstock.console.rest.Turns.Kind;
import org.penstock.console.rest.Turns.Turn;

/** Without it two hundred busy clients could take all threads of the server. */
class TurnsTest {

  private final AtomicLong now = new AtomicLong(1);
  private final Turns turns = new Turns(now::get);
  private final List<String> begun = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private final List<Turn> later = new ArrayList<>();

  private List<Turn> takeAll(Kind kind) {
    List<Turn> taken = new ArrayList<>();
    for (int i = 0; i < kind.most(); i++) {
      taken.add(turns.take(kind, "busy" + i).orElseThrow());
    }
    assertTrue(turns.take(kind, "one more").isEmpty());
    return taken;
  }

  private boolean join(Kind kind, String name) {
    return turns.await(
        kind,
        name,
        turn -> {
          begun.add(name);
          later.add(turn);
          return true;
        },
        () -> refused.add(name));
  }

  /** Seen in review: who waited was parked on one of the server's 24 threads. */
  @Test
  void whoWaitsHoldsNoThreadAndComesInHisTurn() {
    List<Turn> taken = takeAll(Kind.READ);
    for (int i = 0; i < 200; i++) {
      assertTrue(join(Kind.READ, "client" + i), "in this one thread");
    }
    assertEquals(List.of(), begun);
    taken.get(0).end();
    taken.get(0).end();
    assertEquals(List.of("client0"), begun, "an end counts once");
    later.get(0).end();
    assertEquals(List.of("client0", "client1"), begun);
    assertTrue(turns.take(Kind.OTHER, "writer").isPresent(), "others need another turn");
  }

  @Test
  void aTurnThatIsHeldForLongIsPassedOn() {
    List<Turn> taken = takeAll(Kind.READ);
    join(Kind.READ, "busy0");
    join(Kind.READ, "other");
    now.addAndGet(Turns.LONGEST_READ.toNanos() + 1);
    turns.look();
    assertEquals(List.of("other", "busy0"), begun, "whose application holds fewer comes first");
    taken.forEach(Turn::end);
    later.forEach(Turn::end);
    takeAll(Kind.READ);
  }

  /** Reads that hang are passed on again and again, and would take all threads in the end. */
  @Test
  void anApplicationThatHangsLeavesThreadsForOthers() {
    for (int i = 0; i < 60; i++) {
      if (turns.take(Kind.READ, "hanging").isEmpty()) {
        join(Kind.READ, "hanging");
      }
    }
    for (int i = 0; i < 60; i++) {
      now.addAndGet(Turns.LONGEST_READ.toNanos() + 1);
      turns.look();
    }
    assertTrue(begun.size() < Turns.MOST_OF_ONE, begun.size() + " begun later");
    assertTrue(turns.take(Kind.READ, "other").isPresent());
  }

  @Test
  void whoWaitsTooLongIsRefused() {
    takeAll(Kind.OTHER);
    join(Kind.OTHER, "first");
    now.addAndGet(Turns.LONGEST_WAIT.toNanos());
    join(Kind.OTHER, "second");
    turns.look();
    assertEquals(List.of(), refused);
    now.addAndGet(1);
    turns.look();
    assertEquals(List.of("first"), refused);
    turns.close();
    assertEquals(List.of("first", "second"), refused);
    assertEquals(List.of(), begun);
  }

  @Test
  void whoHasGoneMeanwhileTakesNobodysTurn() {
    List<Turn> taken = takeAll(Kind.READ);
    turns.await(Kind.READ, "gone", turn -> false, () -> refused.add("gone"));
    join(Kind.READ, "there");
    taken.get(0).end();
    assertEquals(List.of("there"), begun);
    assertTrue(turns.take(Kind.READ, "one more").isEmpty());
  }

  @Test
  void noMoreWaitThanThereAreConnections() {
    takeAll(Kind.READ);
    for (int i = 0; i < Turns.MOST_WAITING; i++) {
      assertTrue(join(Kind.READ, "client"));
    }
    assertFalse(join(Kind.READ, "one more"));
  }

  @Test
  void whatWaitsForADeviceOrChangesSomethingTakesNoProcessor() {
    assertEquals(Kind.READ, Kind.of("GET", "/api/v1/channels"));
    assertEquals(Kind.OTHER, Kind.of("GET", "/api/v1/channels/a/b/value"));
    assertEquals(Kind.OTHER, Kind.of("GET", "/services/assets/a/_read"));
    assertEquals(Kind.OTHER, Kind.of("PUT", "/api/v1/channels/a/b/value"));
  }
}
