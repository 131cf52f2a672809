package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.wire.WireEnvelope;
import org.junit.jupiter.api.Test;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

/** Rows of Kura's table of stock components, and what goes beyond it, on the assembled product. */
class StockComponentsTest extends Probed {

  @Test
  void timerEmitsItsTimeAtAFixedRateFirstAfterOneInterval() throws Exception {
    long before = System.currentTimeMillis();
    new Board()
        .put(
            "sTimer",
            0,
            1,
            WIRE + "Timer",
            "simple.interval",
            200,
            "simple.time.unit",
            "MILLISECONDS")
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    WireEnvelope first = out.await(3).got().get(0);
    assertEquals(1, first.getRecords().size());
    var value = first.getRecords().get(0).getProperties().get("TIMER");
    assertEquals(DataType.LONG, value.getType());
    assertTrue((Long) value.getValue() >= before + 190, "the first tick came at once");
  }

  @Test
  void timerTicksByQuartzCron() throws Exception {
    new Board()
        .put("sTimer", 0, 1, WIRE + "Timer", "type", "CRON", "cron.interval", "0/1 * * * * ?")
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    long at =
        (Long)
            out.await(1).got().get(0).getRecords().get(0).getProperties().get("TIMER").getValue();
    assertTrue(at % 1000 < 900, "ticks just after the full second: " + at);
  }

  @Test
  void timerBeginsWhenItsCustomFirstTickSays() throws Exception {
    new Board()
        .put(
            "sTimer",
            0,
            1,
            WIRE + "Timer",
            "simple.interval",
            3600,
            "simple.first.tick.policy",
            "CUSTOM",
            "simple.custom.first.tick.interval",
            1)
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    out.await(1);
  }

  /** Java's callers may set anything, as in Kura: the timer stands still and says why. */
  @Test
  void timerWithAnIntervalBelowOneDoesNotTickAndSaysWhy() throws Exception {
    new Board()
        .put(
            "sTimer",
            0,
            1,
            WIRE + "Timer",
            "simple.interval",
            0,
            "simple.time.unit",
            "MILLISECONDS")
        .probe(out)
        .wire("sTimer", "sOut")
        .apply();
    HealthState health = Board.health("flow/timer/sTimer");
    assertEquals(Level.FAILED, health.level());
    assertTrue(health.reason().contains("simple.interval is '0'"), health.reason());
    assertEquals(List.of(), out.got());
    Board.update("sTimer", "simple.interval", 1);
    out.await(3);
    assertEquals(Level.OK, Board.health("flow/timer/sTimer").level());
  }

  @Test
  void regexFilterKeepsOrRemovesKeysThatMatchFully() throws Exception {
    chain(WIRE + "RegexFilter", "regex.filter", "t.*", "filter.type", 1);
    in.emit("t1", 1, "at", 2);
    assertEquals(List.of("t1=1"), out.await(1).texts());
    Board.configurations()
        .updateConfiguration("sUnder", new HashMap<>(Map.of("filter.type", 2)), false);
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("t1", 1, "at", 2);
          return out.texts().contains("at=2");
        });
    Board.configurations()
        .updateConfiguration("sUnder", new HashMap<>(Map.of("regex.filter", "(")), false);
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("t1", 1, "at", 2);
          return out.texts().contains("at=2 t1=1");
        });
  }

  @Test
  void regexFilterWithoutExpressionPassesAllAndABadOneIsNamed() throws Exception {
    try (LogLines log = new LogLines("RegexFilter")) {
      chain(WIRE + "RegexFilter", "regex.filter", "", "filter.type", 2);
      in.emit("t1", 1, "at", 2);
      assertEquals(List.of("at=2 t1=1"), out.await(1).texts());
      assertEquals(List.of(), log.all());
      Board.update("sUnder", "regex.filter", "(");
      log.await("WARN", "sUnder", "regex.filter", "'('");
    }
  }

  @Test
  void joinPairsRecordsByIndexAndPortOneWins() throws Exception {
    new Board()
        .probe(in)
        .probe(second)
        .put("sJoin", 2, 1, WIRE + "Join")
        .probe(out)
        .wire("sIn", 0, "sJoin", 0)
        .wire("sSecond", 0, "sJoin", 1)
        .wire("sJoin", "sOut")
        .apply();
    in.emit("a", 1, "both", 1);
    assertEquals(0, out.got().size());
    second.wires().emit(List.of(Probe.record("b", 2, "both", 2), Probe.record("c", 3)));
    assertEquals(List.of("a=1 b=2 both=2; c=3"), out.await(1).texts());
  }

  @Test
  void joinThatCachesTreatsANeverReceivedSideAsEmpty() throws Exception {
    new Board()
        .probe(in)
        .probe(second)
        .put("sJoin", 2, 1, WIRE + "Join", "barrier", false)
        .probe(out)
        .wire("sIn", 0, "sJoin", 0)
        .wire("sSecond", 0, "sJoin", 1)
        .wire("sJoin", "sOut")
        .apply();
    second.emit("b", 2);
    in.emit("a", 1);
    assertEquals(List.of("b=2", "a=1 b=2"), out.await(2).texts());
  }

  @Test
  void componentsBeyondKurasDoTheirWork() throws Exception {
    new Board()
        .probe(in)
        .put("sBand", 1, 1, "org.penstock.flow.wires.Deadband", "deadband.absolute", 5.0)
        .put(
            "sShape",
            1,
            1,
            "org.penstock.flow.wires.Reshape",
            "rename",
            "n = m",
            "scale",
            "m = 2, 1")
        .put("sBatch", 1, 1, "org.penstock.flow.wires.Batch", "batch.records", 2)
        .put("sSlow", 1, 1, "org.penstock.flow.wires.Throttle", "interval.ms", 1)
        .probe(out)
        .wire("sIn", "sBand")
        .wire("sBand", "sShape")
        .wire("sShape", "sBatch")
        .wire("sBatch", "sSlow")
        .wire("sSlow", "sOut")
        .apply();
    for (int n : new int[] {0, 3, 6, 7}) {
      in.emit("n", n);
    }
    assertEquals(List.of("m=1.0; m=13.0"), out.await(1).texts());
  }

  @Test
  void aggregateEmitsOneRecordForAWindow() throws Exception {
    chain("org.penstock.flow.wires.Aggregate", "window.ms", 200, "functions", "count");
    in.emit("n", 1);
    assertTrue(out.await(1).texts().get(0).startsWith("n_count="), "" + out.texts());
  }
}
