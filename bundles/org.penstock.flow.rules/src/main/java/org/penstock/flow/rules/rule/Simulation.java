package org.penstock.flow.rules.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.penstock.api.driver.ChannelState;
import org.penstock.flow.rules.language.Program;

/**
 * Rules over recorded or made-up values, as fast as it goes: time is that of the values. Nothing is
 * written, raised or published. Pure.
 */
final class Simulation {

  /** A value at its time. */
  record Event(String channel, ChannelState state) {}

  /** What a rule would have done. */
  record Firing(String rule, String what, String time) {}

  /** What two sets of rules would have done differently. */
  record Difference(List<Firing> same, List<Firing> onlyBefore, List<Firing> onlyAfter) {}

  private Simulation() {}

  /** What the rules would have done, in order of time; values come in the order given. */
  static List<Firing> run(Map<String, RuleDefinition> rules, List<Event> events) {
    List<Firing> firings = new ArrayList<>();
    long clock = 0;
    Map<String, RuleCore> cores = new HashMap<>();
    rules.forEach(
        (pid, definition) ->
            definition
                .when()
                .ifPresent(
                    when ->
                        cores.put(
                            pid, new RuleCore(when, definition.timing(), told(pid, firings)))));
    for (Event event : events) {
      clock = Math.max(clock, event.state().at().toEpochMilli());
      for (Map.Entry<String, RuleCore> core : cores.entrySet()) {
        Program when = rules.get(core.getKey()).when().orElseThrow();
        var slot = when.slot(event.channel());
        if (slot != null) {
          core.getValue().take(List.of(new RuleCore.Arrival(slot, event.state())), clock);
        }
      }
    }
    for (RuleCore core : cores.values()) {
      core.advance(clock);
    }
    firings.sort(
        java.util.Comparator.comparing((Firing firing) -> Instant.parse(firing.time()))
            .thenComparing(Firing::rule));
    return firings;
  }

  private static RuleCore.Told told(String pid, List<Firing> firings) {
    return new RuleCore.Told() {
      @Override
      public void began(long at) {
        note("BEGAN", at);
      }

      @Override
      public void goesOn(long at) {
        note("AGAIN", at);
      }

      @Override
      public void ended(long at) {
        note("ENDED", at);
      }

      private void note(String what, long at) {
        firings.add(new Firing(pid, what, Instant.ofEpochMilli(at).toString()));
      }
    };
  }

  /** What is in one and not in the other. */
  static Difference difference(List<Firing> before, List<Firing> after) {
    Set<Firing> one = new LinkedHashSet<>(before);
    Set<Firing> other = new LinkedHashSet<>(after);
    return new Difference(
        before.stream().filter(other::contains).toList(),
        before.stream().filter(firing -> !other.contains(firing)).toList(),
        after.stream().filter(firing -> !one.contains(firing)).toList());
  }

  /** The first fault of the rules, with the rule's name. */
  static Optional<String> fault(Map<String, RuleDefinition> rules) {
    return rules.entrySet().stream()
        .filter(rule -> !rule.getValue().faults().isEmpty())
        .map(rule -> rule.getKey() + ": " + rule.getValue().faults().get(0).text())
        .findFirst();
  }
}
