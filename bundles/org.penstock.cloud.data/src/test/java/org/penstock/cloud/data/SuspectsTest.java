package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.penstock.cloud.data.Pump.Flying;

/** Without it a bad network could set good messages aside, or a bad message hold up the good ones. */
class SuspectsTest {

  private final AtomicLong now = new AtomicLong();
  private final Suspects suspects = new Suspects(now::get);

  private static Flying flying(int id) {
    return new Flying(id, "t" + id, 10 * id, id);
  }

  private void lost(int times, int... ids) {
    List<Flying> all = java.util.Arrays.stream(ids).mapToObj(SuspectsTest::flying).toList();
    for (int i = 0; i < times; i++) {
      suspects.lost(all);
    }
  }

  @Test
  void onlyWhoIsAloneRests() {
    lost(20, 1, 2);
    assertTrue(suspects.alone());
    assertEquals(Set.of(), suspects.resting());
    lost(1, 1);
    assertEquals(Set.of(1), suspects.resting());
    assertFalse(suspects.alone(), "the others go on as before");
  }

  @Test
  void whoeverIsConfirmedOrFollowsAnotherBeginsAnew() {
    lost(Suspects.MOST - 1, 1);
    suspects.confirmed(flying(1));
    lost(Suspects.MOST - 1, 1);
    lost(Suspects.MOST - 1, 2);
    lost(Suspects.MOST - 1, 1);
    lost(100);
    assertEquals(Set.of(), suspects.resting());
  }

  @Test
  void whoRestedIsTriedOnceAndThenRestsTwiceAsLongUntilADay() {
    lost(Suspects.MOST, 1);
    assertEquals(Suspects.FIRST_REST, suspects.length(1));
    now.addAndGet(Suspects.FIRST_REST.toNanos());
    assertEquals(List.of(1), suspects.rested());
    lost(1, 1);
    assertEquals(Suspects.FIRST_REST.multipliedBy(2), suspects.length(1));
    for (int i = 0; i < 20; i++) {
      now.addAndGet(Suspects.LONGEST_REST.toNanos());
      lost(1, 1);
    }
    assertEquals(Duration.ofDays(1), suspects.length(1));
    now.addAndGet(Suspects.LONGEST_REST.toNanos());
    suspects.confirmed(flying(1));
    assertEquals(List.of(), suspects.rested());
  }

  @Test
  void whoRestedAndIsNotFirstIsSentAloneFromThenOn() {
    lost(Suspects.MOST, 3);
    now.addAndGet(Suspects.FIRST_REST.toNanos());
    lost(1, 2, 3);
    lost(1, 3, 4);
    assertTrue(suspects.alone());
    lost(1, 3);
    assertEquals(Set.of(3), suspects.resting());
  }

  /** An asset whose every message is too large would else cost five connections for each of them. */
  @Test
  void whoIsLikeThoseThatRestIsTriedOnceAndThenNotAtAll() {
    suspects.confirmed(flying(9));
    lost(Suspects.MOST, 10);
    lost(1, 11);
    lost(1, 12);
    assertEquals(Set.of(10, 11, 12), suspects.resting());
    assertTrue(suspects.restsAtOnce(flying(13)), "larger");
    assertTrue(suspects.restsAtOnce(flying(14)));
    assertFalse(suspects.restsAtOnce(flying(8)), "smaller than what was taken");
    now.addAndGet(Suspects.FIRST_REST.toNanos());
    assertEquals(Set.of(), suspects.resting());
    assertEquals(5, suspects.rested().size());
    suspects.confirmed(flying(20));
    lost(Suspects.MOST - 1, 15);
    assertEquals(Set.of(), suspects.resting(), "size is no reason any more");
  }

  @Test
  void aTopicThatTheBrokerForbidsRestsWhateverTheSize() {
    suspects.confirmed(new Flying(1, "free", 1_000, 1));
    for (int id = 2; id < 5; id++) {
      for (int i = 0; i < Suspects.MOST; i++) {
        suspects.lost(List.of(new Flying(id, "forbidden", 10, id)));
      }
    }
    assertTrue(suspects.restsAtOnce(new Flying(5, "forbidden", 1, 5)));
    assertFalse(suspects.restsAtOnce(new Flying(6, "free", 999, 6)));
  }
}
