package org.penstock.driver.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.api.health.HealthState;

/** The supervisor of a link. If deleted: a dead device could be knocked at without pause. */
class LinkSupervisorTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
  private final LinkSupervisor supervisor =
      new LinkSupervisor(
          "driver/x/one",
          new BackOff(Duration.ofMillis(100), Duration.ofSeconds(1)),
          new TestClock(),
          new Random(1),
          nanos::get);

  @Test
  void unknownUntilUsedThenOnlineSinceThen() {
    assertEquals(new LinkState(LinkState.Phase.UNKNOWN, "", START), supervisor.state());
    pass(5);
    assertTrue(supervisor.tryToConnect());
    supervisor.online();
    assertEquals(
        new LinkState(LinkState.Phase.ONLINE, "", START.plusMillis(5)), supervisor.state());
  }

  @Test
  void onlyOneMayTryAtATime() {
    assertTrue(supervisor.tryToConnect());
    assertFalse(supervisor.tryToConnect());
    supervisor.offline("refused");
    pass(100);
    assertTrue(supervisor.tryToConnect());
  }

  @Test
  void backOffDoublesUpToTheLongestWithJitterAndEndsWithTheLinkUp() {
    long expected = 100;
    for (int i = 0; i < 8; i++) {
      supervisor.offline("refused");
      long wait = supervisor.untilNextTry().toMillis();
      assertTrue(wait >= expected * 3 / 4 && wait <= expected, i + ": " + wait);
      assertFalse(supervisor.tryToConnect());
      pass(wait);
      assertTrue(supervisor.tryToConnect());
      expected = Math.min(1_000, expected * 2);
    }
    supervisor.online();
    supervisor.offline("lost");
    assertTrue(supervisor.untilNextTry().toMillis() <= 100);
  }

  @Test
  void offlineKeepsItsBeginningAndShowsTheLatestReason() {
    supervisor.offline("refused");
    pass(50);
    supervisor.offline("timeout");
    assertEquals(new LinkState(LinkState.Phase.OFFLINE, "timeout", START), supervisor.state());
    var refusal = supervisor.refusal().orElseThrow();
    assertEquals(ErrorKind.RETRIABLE, refusal.kind());
    assertTrue(refusal.getMessage().contains("timeout"), refusal.getMessage());
    supervisor.online();
    assertTrue(supervisor.refusal().isEmpty());
  }

  @Test
  void aClockThatIsSetBackKeepsNoLinkOffline() {
    supervisor.offline("refused");
    now.set(START.minus(Duration.ofDays(3650)));
    assertTrue(supervisor.untilNextTry().toMillis() <= 100);
    pass(100);
    assertTrue(supervisor.tryToConnect());
  }

  @Test
  void healthShowsTheLink() {
    LinkHealth health =
        new LinkHealth("driver/x/one", supervisor::state, () -> Map.of("requests.asked", 3L));
    assertEquals(HealthState.Level.OK, health.health().level());
    supervisor.offline("cable");
    HealthState shown = health.health();
    assertEquals(HealthState.Level.DEGRADED, shown.level());
    assertEquals("cable", shown.reason());
    assertEquals(Map.of("requests.asked", 3L, "link", "offline"), shown.figures());
  }

  private void pass(long millis) {
    now.updateAndGet(instant -> instant.plusMillis(millis));
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }
}
