package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.penstock.flow.wires.testkit.ManualStrands;

/** Without this, a timer ticks too early, too late, or never again. */
class TickerTest {

  private final ManualStrands strands = new ManualStrands();
  private final Instant start = strands.instant();
  private final List<Long> ticks = new ArrayList<>();

  private Ticker ticker(Object... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Ticker(
        strands.open("flow/timer/t"),
        Timetable.parse(new Settings(properties)),
        strands,
        () -> ticks.add(Duration.between(start, strands.instant()).toMillis()));
  }

  @Test
  void firstTickAfterOneIntervalThenAtAFixedRate() {
    ticker();
    strands.advance(Duration.ofSeconds(35));
    assertEquals(List.of(10_000L, 20_000L, 30_000L), ticks);
  }

  @Test
  void customFirstTickComesAfterItsOwnInterval() {
    ticker(
        "simple.interval",
        500,
        "simple.time.unit",
        "MILLISECONDS",
        "simple.first.tick.policy",
        "CUSTOM",
        "simple.custom.first.tick.interval",
        0);
    strands.advance(Duration.ofMillis(1200));
    assertEquals(List.of(0L, 500L, 1000L), ticks);
  }

  @Test
  void cronTicksByItsTable() {
    ticker("type", "CRON", "cron.interval", "0/20 * * * * ?");
    strands.advance(Duration.ofSeconds(65));
    assertEquals(List.of(20_000L, 40_000L, 60_000L), ticks);
  }

  @Test
  void longCronWaitsFollowAClockThatIsSet() {
    ticker("type", "CRON", "cron.interval", "0 0 12 * * ?");
    strands.advance(Duration.ofMinutes(5));
    strands.setClock(start.plus(Duration.ofHours(13)));
    strands.advance(Duration.ofMinutes(1));
    assertEquals(1, ticks.size());
    strands.setClock(start.plus(Duration.ofHours(11)));
    strands.advance(Duration.ofHours(2));
    assertEquals(2, ticks.size());
  }

  @Test
  void closedTickersTickNoMore() {
    Ticker ticker = ticker();
    strands.advance(Duration.ofSeconds(10));
    ticker.close();
    strands.advance(Duration.ofSeconds(100));
    assertEquals(1, ticks.size());
    Ticker cron = ticker("type", "CRON");
    cron.close();
    strands.advance(Duration.ofSeconds(100));
    assertEquals(1, ticks.size());
  }

  @Test
  void intervalsBelowOneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> ticker("simple.interval", 0));
    assertThrows(
        IllegalArgumentException.class, () -> ticker("type", "CRON", "cron.interval", "nonsense"));
  }
}
