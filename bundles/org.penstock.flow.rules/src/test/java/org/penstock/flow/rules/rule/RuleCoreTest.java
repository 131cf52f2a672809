package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;
import org.penstock.flow.rules.language.Program;

/**
 * Rules over event times as tables: a value at a time, in the order in which it comes. If deleted:
 * a rule could act on a bad value, or forget its timer in a restart.
 */
class RuleCoreTest {

  private static final long BEGIN = 1_700_000_000_000L;
  private static final Map<String, DataType> TYPES =
      Map.of("p/a", DataType.DOUBLE, "p/b", DataType.BOOLEAN);

  private final List<String> told = new ArrayList<>();

  private RuleDefinition definition(String properties) {
    Map<String, Object> map = new HashMap<>();
    for (String pair : properties.split(";")) {
      int equals = pair.indexOf('=');
      map.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    RuleDefinition definition =
        new RuleDefinition(map, name -> Optional.ofNullable(TYPES.get(name)));
    assertEquals(List.of(), definition.faults());
    return definition;
  }

  private final class Teller implements RuleCore.Told {
    @Override
    public void began(long at) {
      told.add("+" + (at - BEGIN));
    }

    @Override
    public void goesOn(long at) {
      told.add("~" + (at - BEGIN));
    }

    @Override
    public void ended(long at) {
      told.add("-" + (at - BEGIN));
    }
  }

  private static ChannelState state(String value, long at) {
    Instant time = Instant.ofEpochMilli(at);
    if (value.equals("bad")) {
      return new ChannelState(Quality.bad("no answer"), time, Optional.empty(), Optional.empty());
    }
    TypedValue<?> typed =
        value.equals("true") || value.equals("false")
            ? TypedValues.newBooleanValue(Boolean.parseBoolean(value))
            : TypedValues.newDoubleValue(Double.parseDouble(value));
    return new ChannelState(Quality.GOOD, time, Optional.of(typed), Optional.of(time));
  }

  /** {@code a@100=5} is a value of p/a at 100 ms; {@code @900} lets time pass; {@code !} is a restart. */
  private void play(String properties, String events) throws Exception {
    RuleDefinition definition = definition(properties);
    RuleCore core =
        new RuleCore(definition.when().orElseThrow(), definition.timing(), new Teller());
    long wall = BEGIN;
    for (String event : events.strip().split("\\s+")) {
      if (event.equals("!")) {
        byte[] saved = core.save();
        definition = definition(properties);
        core = new RuleCore(definition.when().orElseThrow(), definition.timing(), new Teller());
        core.load(saved, wall);
        continue;
      }
      String[] parts = event.split("[@=]");
      wall = Math.max(wall, BEGIN + Long.parseLong(parts[1]));
      if (parts[0].isEmpty()) {
        core.advance(wall);
      } else {
        var slot = definition.when().orElseThrow().slot("p/" + parts[0]);
        ChannelState state = state(parts[2], BEGIN + Long.parseLong(parts[1]));
        core.take(List.of(new RuleCore.Arrival(slot, state)), wall);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when=p/a > 5 | a@0=1 a@100=6 a@200=7 a@300=2 | +100 -300",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 a@400=7 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 a@400=2 a@450=6 @900 @950 | +950",
        "when=p/a > 5; off.delay.ms=500 | a@0=6 a@100=2 a@300=7 a@400=1 @2000 | +0 -900",
        "when=p/a > 5; repeat.ms=1000 | a@0=6 @3500 a@3600=1 | +0 ~1000 ~2000 ~3000 -3600",
        // bad input never acts unless told
        "when=p/a > 5 | a@0=bad a@100=6 a@200=bad a@300=6 a@400=1 | +100 -400",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 a@300=bad a@400=6 @2000 | +900",
        "when=p/a > 5; bad.input=FALSE | a@0=6 a@100=bad a@200=6 | +0 -100 +200",
        "when=p/a > 5; bad.input=TRUE | a@0=1 a@100=bad a@200=1 | +100 -200",
        "when=p/a > 5; repeat.ms=1000 | a@0=6 a@100=bad @5000 a@5100=6 @6100 | +0 ~6000",
        // late values count in windows, and only there
        "when=p/a > 5 | a@100=1 a@50=9 a@200=1 | ",
        "when=count(p/a > 5, 1 s) >= 2 | a@0=6 a@500=1 a@400=7 @1100 | +500 -1000",
        "when=avg(p/a, every 1 s, late 500 ms) > 5 | a@0=0 a@1100=9 a@2200=1 a@1200=9 @2499 @3600 | +2500 -3500",
        // gaps
        "when=absent(p/a, 1 s) | a@0=1 a@900=1 @5000 a@5100=1 | +1900 -5100",
        "when=missing(p/b, p/a > 5, 1 s); off.delay.ms=10 | a@0=1 b@100=true @1200 b@1300=false b@1400=true a@1500=6 @9000 | +1100 -1110",
        "when=sequence(p/b, p/a > 5, 1 s); off.delay.ms=10 | a@0=1 b@0=false b@100=true a@900=6 a@1000=1 b@1000=false b@1100=true a@2200=6 | +900 -910",
        "when=hysteresis(p/a, 8, 4) | a@0=5 a@1=8 a@2=5 a@3=4 a@4=7 | +1 -3",
        "when=held(p/b, 1 s) && p/a > 5 | a@0=6 b@0=true @3000 | +1000",
        "when=rate(p/a, 2 s) > 3 | a@0=1 a@1000=2 a@2000=7 a@3000=8 @9000 | +2000 -3000",
        // restarts
        "when=p/a > 5; on.delay.ms=500 | a@0=6 ! a@200=6 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 ! a@2000=6 | +2000",
        // what is bad only because the driver is not there yet breaks no timer
        "when=p/a > 5; on.delay.ms=500 | a@0=6 ! a@100=bad a@200=6 @2000 | +500",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 ! a@100=bad @40000 a@40100=6 @41000 | +40600",
        "when=p/a > 5; on.delay.ms=500 | a@0=6 ! a@2000=1 @4000 | ",
        "when=p/a > 5 | a@0=6 ! a@200=7 a@300=1 | +0 -300",
        "when=held(p/a > 5 && p/b, 1 s) | b@0=true a@0=6 ! a@600=6 b@650=true @2000 | +1000",
        "when=count(p/a > 5, 10 s) >= 3 | a@0=6 a@100=7 ! a@200=8 | +200",
      })
  void rulesActAtTheirTimes(String properties, String events, String expected) throws Exception {
    play(properties, events);
    assertEquals(expected == null ? "" : expected.strip(), String.join(" ", told));
  }

  /** A rule that is silent costs nothing: it names the next time it must be looked at. */
  @Test
  void nothingIsDueWhenNothingCanChange() {
    RuleDefinition definition = definition("when=p/a > 5");
    RuleCore core =
        new RuleCore(definition.when().orElseThrow(), definition.timing(), new Teller());
    core.take(
        List.of(
            new RuleCore.Arrival(definition.when().orElseThrow().slot("p/a"), state("6", BEGIN))),
        BEGIN);
    assertEquals(RuleCore.NEVER, core.due());
    assertTrue(core.active());
  }

  /** It was due before all time, so no timer was ever set for when it is. */
  @Test
  void silenceIsNotDueBeforeTheFirstLook() {
    RuleDefinition definition = definition("when=absent(p/a, 1 s)");
    Program when = definition.when().orElseThrow();
    RuleCore core = new RuleCore(when, definition.timing(), new Teller());
    assertEquals(RuleCore.NEVER, core.due());
    core.take(List.of(new RuleCore.Arrival(when.slot("p/a"), state("6", BEGIN))), BEGIN);
    assertEquals(BEGIN + 1000, core.due());
  }

  @Test
  void faultsOfARuleAreFoundWithKeyAndPlace() {
    Map<String, Object> properties =
        Map.of(
            "when", "p/a > 'x'",
            "write.channel", "p/nix",
            "on.delay.ms", "soon",
            "alarm", "SHOUT",
            "publish.body", "p/a");
    RuleDefinition definition =
        new RuleDefinition(properties, name -> Optional.ofNullable(TYPES.get(name)));
    assertEquals(
        List.of(
            "when, character 7: this is a text, but a number is needed here",
            "on.delay.ms: 'soon' must be 0 to 999999999999",
            "write.channel: there is no channel p/nix to write to",
            "alarm: 'SHOUT' must be one of [NONE, FOLLOW, RAISE, CLEAR, SUPPRESS]",
            "publish.body, character 1: the whole gives a number, but a text is needed; text(...)"
                + " makes one"),
        definition.faults().stream().map(RuleDefinition.Fault::text).toList());
  }

  @Test
  void circlesAreFoundAndLoopsAreCut() {
    Map<String, RuleDefinition> rules =
        Map.of(
            "one", definition("when=p/a > 5;write.channel=p/b;write.value=true"),
            "two", definition("when=p/b;write.channel=p/a;write.value=1"),
            "three", definition("when=p/b"));
    assertEquals(
        Optional.of(
            "rules act in a circle and may be cut off: one writes p/b, two writes p/a, which one"
                + " reads"),
        Circles.through("one", rules));
    assertEquals(Optional.empty(), Circles.through("three", rules));
    Causes causes = new Causes();
    List<String> behind = List.of();
    for (int round = 0; round < Causes.MOST_ROUNDS; round++) {
      assertFalse(Causes.isLoop("one", behind));
      causes.acted("one", behind, "p/b", BEGIN);
      causes.acted("two", causes.of("p/b", BEGIN + 10), "p/a", BEGIN + 20);
      behind = causes.of("p/a", BEGIN + 30);
    }
    assertTrue(Causes.isLoop("one", behind));
    assertEquals("one -> two -> one", Causes.words("one", behind));
    assertEquals(List.of(), causes.of("p/a", BEGIN + 60_000));
  }

  @Test
  void aSimulationSaysWhatWouldHaveFiredOtherwise() {
    List<Simulation.Event> events = new ArrayList<>();
    for (int i = 0; i < 3600; i++) {
      long at = BEGIN + i * 1000L;
      events.add(new Simulation.Event("p/a", state(i % 600 < 30 ? "9" : "1", at)));
    }
    List<Simulation.Firing> before =
        Simulation.run(Map.of("hot", definition("when=p/a > 5;on.delay.ms=10000")), events);
    List<Simulation.Firing> after =
        Simulation.run(Map.of("hot", definition("when=p/a > 5;on.delay.ms=60000")), events);
    assertEquals(12, before.size());
    assertEquals(
        new Simulation.Firing("hot", "BEGAN", Instant.ofEpochMilli(BEGIN + 10_000).toString()),
        before.get(0));
    Simulation.Difference difference = Simulation.difference(before, after);
    assertEquals(List.of(), difference.same());
    assertEquals(before, difference.onlyBefore());
    assertEquals(List.of(), difference.onlyAfter());
  }
}
