package org.penstock.flow.rules.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.penstock.api.expression.ChannelTypes;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;

/** Without it a simulation could tell of other values than those asked for, or run on when nobody wants it. */
class SimulationWorkTest {

  private static final String FROM = "2026-11-27T12:00:00Z";
  private static final String UNTIL = "2026-11-27T13:00:00Z";
  private static final ChannelTypes TYPES =
      new ChannelTypes() {
        @Override
        public Optional<DataType> type(String channel) {
          return switch (channel) {
            case "p/a" -> Optional.of(DataType.DOUBLE);
            case "p/n" -> Optional.of(DataType.INTEGER);
            case "p/on" -> Optional.of(DataType.BOOLEAN);
            case "p/text" -> Optional.of(DataType.STRING);
            default -> Optional.empty();
          };
        }

        @Override
        public Set<String> known() {
          return Set.of("p/a", "p/n", "p/on", "p/text");
        }
      };

  private static Signals.Signal signal(
      String channel, String shape, double low, double high, long period, long every) {
    return new Signals.Signal(channel, shape, low, high, period, every, 7L);
  }

  private static Signals signals(Signals.Signal... all) {
    return new Signals(new Signals.Generated(FROM, UNTIL, List.of(all)), TYPES);
  }

  private static List<Object> values(Signals signals, int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(signals.next().orElseThrow().state().lastGood().orElseThrow().getValue());
    }
    return values;
  }

  private static Map<String, RuleDefinition> rule(String when) {
    return Map.of("hot", new RuleDefinition(new HashMap<>(Map.of("when", when)), TYPES));
  }

  /** Notes what is told; says that it is cancelled after so many. */
  private static final class Told implements Progress {
    private final List<Integer> percents = new ArrayList<>();
    private boolean cancelled;

    @Override
    public void report(int percent, String step) {
      percents.add(percent);
      cancelled = true;
    }

    @Override
    public boolean cancelled() {
      return cancelled;
    }
  }

  /** Never cancelled. */
  private static Progress patient() {
    return new Progress() {
      @Override
      public void report(int percent, String step) {
        assertTrue(percent >= 0 && percent <= 100, step);
      }

      @Override
      public boolean cancelled() {
        return false;
      }
    };
  }

  @Test
  void signalsHaveTheirShapes() {
    assertEquals(List.of(5.0, 5.0), values(signals(signal("p/a", "constant", 0, 5, 1, 1000)), 2));
    assertEquals(
        List.of(0.0, 2.5, 5.0, 7.5, 0.0),
        values(signals(signal("p/a", "RAMP", 0, 10, 4000, 1000)), 5));
    assertEquals(
        List.of(10, 10, 0, 0, 10), values(signals(signal("p/n", "SQUARE", 0, 10, 4000, 1000)), 5));
    assertEquals(
        List.of(true, true, false, false),
        values(signals(signal("p/on", "SQUARE", 0, 1, 4000, 1000)), 4));
    List<Object> sine = values(signals(signal("p/n", "SINE", 0, 10, 4000, 1000)), 4);
    assertEquals(List.of(5, 10, 5, 0), sine);
    List<Object> noise = values(signals(signal("p/a", "NOISE", 3, 4, 1, 1000)), 100);
    assertEquals(noise, values(signals(signal("p/a", "NOISE", 3, 4, 1, 1000)), 100));
    assertTrue(noise.stream().allMatch(v -> (Double) v >= 3 && (Double) v < 4), noise::toString);
    assertTrue(Set.copyOf(noise).size() > 90, "it is no noise");
  }

  @Test
  void signalsComeInOrderAndEndBeforeUntil() {
    Signals both =
        signals(
            signal("p/a", "CONSTANT", 0, 1, 1, 700_000),
            signal("p/n", "CONSTANT", 0, 1, 1, 1_200_000));
    List<String> all = new ArrayList<>();
    Instant last = Instant.EPOCH;
    for (var next = both.next(); next.isPresent(); next = both.next()) {
      Instant at = next.get().state().at();
      assertTrue(!at.isBefore(last) && at.isBefore(Instant.parse(UNTIL)), at::toString);
      last = at;
      all.add(next.get().channel());
    }
    assertEquals(List.of("p/a", "p/n", "p/a", "p/n", "p/a", "p/a", "p/n", "p/a", "p/a"), all);
    assertEquals(9, both.count());
  }

  @Test
  void whatCannotBeMadeIsRefusedInWords() {
    for (var wrong :
        Map.of(
                signal("p/x", "SINE", 0, 1, 1, 1), "there is no channel p/x",
                signal("p/text", "SINE", 0, 1, 1, 1), "only numbers and truths",
                signal("p/a", "WAVE", 0, 1, 1, 1), "WAVE is no shape",
                signal("p/a", "SINE", 2, 1, 1, 1), "low is above high",
                signal("p/a", "SINE", 0, 1, 0, 1), "give periodMs",
                signal("p/a", "SINE", 0, 1, 1, 0), "give everyMs")
            .entrySet()) {
      String said =
          assertThrows(IllegalArgumentException.class, () -> signals(wrong.getKey())).getMessage();
      assertTrue(said.contains(wrong.getValue()), said);
    }
    Signals.Generated long1 =
        new Signals.Generated(
            FROM, "2027-11-27T12:00:00Z", List.of(signal("p/a", "CONSTANT", 0, 1, 1, 1)));
    String said =
        assertThrows(IllegalArgumentException.class, () -> new Signals(long1, TYPES)).getMessage();
    assertTrue(said.contains("take a shorter time"), said);
  }

  @Test
  void anHourOfASquareIsComparedFasterThanItPasses() throws Exception {
    Signals square = signals(signal("p/a", "SQUARE", 0, 10, 600_000, 1000));
    String result =
        new SimulationWork(
                rule("p/a > 5"),
                rule("held(p/a > 5, 10 s)"),
                square::next,
                square.count(),
                square.until())
            .run(patient());
    SimulationWork.Result told = new Gson().fromJson(result, SimulationWork.Result.class);
    assertEquals(3600, told.events());
    assertEquals(3600, told.seconds());
    assertTrue(told.took() < told.seconds() / 10, result);
    assertEquals(6, told.same(), "both end when it falls");
    assertEquals(6, told.before());
    assertEquals(6, told.after());
    assertEquals(
        new Simulation.Firing("hot", "BEGAN", "2026-11-27T12:00:10Z"),
        told.firings().onlyAfter().get(0));
  }

  @Test
  void itIsStoppedInTheMiddleAndCutOffWhenRulesFireWithoutEnd() {
    Signals busy = signals(signal("p/a", "SQUARE", 0, 10, 2, 1));
    assertThrows(
        InterruptedException.class,
        () ->
            new SimulationWork(Map.of(), Map.of(), busy::next, busy.count(), busy.until())
                .run(new Told()));
    assertTrue(busy.next().isPresent(), "it ran to the end");
    Signals again = signals(signal("p/a", "SQUARE", 0, 10, 2, 1));
    String said =
        assertThrows(
                JobException.class,
                () ->
                    new SimulationWork(
                            Map.of(), rule("p/a > 5"), again::next, again.count(), again.until())
                        .run(patient()))
            .getMessage();
    assertTrue(said.contains("simulate a shorter time"), said);
  }
}
