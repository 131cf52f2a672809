package org.penstock.cloud.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.penstock.api.cron.Cron;

/** Without it a gateway on a metered line could connect at the wrong time, or stay connected. */
class ConnectionScheduleTest {

  private final ManualStrand strand = new ManualStrand();
  private final List<String> done = new ArrayList<>();
  private final FakeLink link = new FakeLink();
  private Duration jump = Duration.ZERO;

  private final class FakeLink implements ConnectionSchedule.Link {
    private boolean idle;
    private int urgent = Integer.MAX_VALUE;

    @Override
    public void connect() {
      done.add("connect");
    }

    @Override
    public void disconnect() {
      done.add("disconnect");
    }

    @Override
    public boolean idle(Duration time) {
      return idle;
    }

    @Override
    public int mostUrgent() {
      return urgent;
    }
  }

  private final class ShiftedClock extends Clock {

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
      return strand.now().plus(jump);
    }
  }

  private ConnectionSchedule schedule(boolean override) {
    ConnectionSchedule made =
        new ConnectionSchedule(
            new ConnectionSchedule.Rules(
                Cron.parse("0 0 * ? * *"), Duration.ofSeconds(60), override, 1),
            strand,
            new ShiftedClock(),
            link);
    strand.advance(Duration.ZERO);
    return made;
  }

  @BeforeEach
  void clear() {
    done.clear();
  }

  @Test
  void connectsAtTheTickAndDisconnectsWhenNothingMoves() {
    schedule(false);
    assertEquals(List.of("disconnect"), done);
    strand.advance(Duration.ofMinutes(59));
    assertEquals(1, done.size());
    strand.advance(Duration.ofMinutes(2));
    assertEquals(List.of("disconnect", "connect"), done);
    link.idle = true;
    strand.advance(Duration.ofSeconds(2));
    assertEquals(List.of("disconnect", "connect", "disconnect"), done);
    link.idle = false;
    strand.advance(Duration.ofHours(1));
    assertEquals(4, done.size());
  }

  @Test
  void anUrgentMessageConnectsOnlyWithTheOverride() {
    schedule(false).stored(0);
    strand.advance(Duration.ofSeconds(1));
    assertEquals(List.of("disconnect"), done);
    done.clear();
    schedule(true).stored(1);
    strand.advance(Duration.ofSeconds(1));
    assertEquals(List.of("disconnect", "connect"), done);
  }

  @Test
  void anUrgentMessageThatWaitsConnectsAgainAtOnce() {
    link.urgent = 0;
    schedule(false);
    assertEquals(List.of("disconnect", "connect"), done);
  }

  @Test
  void aClockThatJumpsReturnsToWaiting() {
    schedule(false);
    done.clear();
    jump = Duration.ofHours(5);
    strand.advance(Duration.ofMinutes(1));
    assertEquals(List.of("disconnect"), done);
  }
}
