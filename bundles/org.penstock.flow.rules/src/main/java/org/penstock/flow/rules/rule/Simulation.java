package org.penstock.flow.rules.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.penstock.api.driver.ChannelState;
import org.penstock.flow.rules.language.Program;
import org.penstock.flow.rules.language.Slot;

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
    Course course = new Course(rules);
    events.forEach(course::take);
    return course.end(0);
  }

  /** Rules on their way through values. One thread at a time. */
  static final class Course {

    private record Listener(RuleCore core, Slot slot) {}

    private final List<RuleCore> cores = new ArrayList<>();
    private final Map<String, List<Listener>> listeners = new HashMap<>();
    private final List<Firing> firings = new ArrayList<>();
    private long clock;

    Course(Map<String, RuleDefinition> rules) {
      rules.forEach(
          (pid, definition) -> definition.when().ifPresent(when -> add(pid, definition, when)));
    }

    private void add(String pid, RuleDefinition definition, Program when) {
      RuleCore core = new RuleCore(when, definition.timing(), told(pid, firings));
      cores.add(core);
      for (String channel : when.references()) {
        listeners
            .computeIfAbsent(channel, c -> new ArrayList<>())
            .add(new Listener(core, when.slot(channel)));
      }
    }

    /** The next value. */
    void take(Event event) {
      clock = Math.max(clock, event.state().at().toEpochMilli());
      for (Listener one : listeners.getOrDefault(event.channel(), List.of())) {
        one.core().take(List.of(new RuleCore.Arrival(one.slot(), event.state())), clock);
      }
    }

    /** How often rules did something so far. */
    int fired() {
      return firings.size();
    }

    /** What the rules have done until that time, or until the last value when it is later. */
    List<Firing> end(long until) {
      clock = Math.max(clock, until);
      for (RuleCore core : cores) {
        core.advance(clock);
      }
      firings.sort(
          Comparator.comparing((Firing firing) -> Instant.parse(firing.time()))
              .thenComparing(Firing::rule));
      return firings;
    }
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
