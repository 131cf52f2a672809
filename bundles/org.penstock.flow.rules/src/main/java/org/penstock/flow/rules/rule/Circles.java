package org.penstock.flow.rules.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds rules that act on each other in a circle, by what they read and write. Pure. */
final class Circles {

  private Circles() {}

  /**
   * The shortest circle through a rule, in words.
   *
   * @param writes the channels that a rule writes
   * @param readers the rules that read a channel
   */
  static Optional<String> through(
      String pid, Function<String, Set<String>> writes, Function<String, Set<String>> readers) {
    Map<String, String> from = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(pid);
    while (!next.isEmpty()) {
      String rule = next.poll();
      for (String channel : writes.apply(rule)) {
        for (String other : readers.apply(channel)) {
          if (other.equals(pid)) {
            return Optional.of(words(pid, rule, channel, from));
          }
          if (from.putIfAbsent(other, rule + " writes " + channel) == null) {
            next.add(other);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The same among these rules. */
  static Optional<String> through(String pid, Map<String, RuleDefinition> rules) {
    return through(pid, rule -> rules.get(rule).targets(), channel -> readers(channel, rules));
  }

  private static Set<String> readers(String channel, Map<String, RuleDefinition> rules) {
    Set<String> all = new TreeSet<>();
    rules.forEach(
        (pid, rule) -> {
          if (rule.when().filter(when -> when.references().contains(channel)).isPresent()) {
            all.add(pid);
          }
        });
    return all;
  }

  private static String words(String pid, String last, String channel, Map<String, String> from) {
    String way = last + " writes " + channel;
    String at = last;
    while (!at.equals(pid)) {
      String step = from.get(at);
      way = step + ", " + way;
      at = step.substring(0, step.lastIndexOf(" writes "));
    }
    return "rules act in a circle and may be cut off: " + way + ", which " + pid + " reads";
  }
}
