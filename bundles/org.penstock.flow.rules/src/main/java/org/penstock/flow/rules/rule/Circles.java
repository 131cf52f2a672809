package org.penstock.flow.rules.rule;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds rules that act on each other in a circle, by what they read and write. Pure. */
final class Circles {

  private Circles() {}

  /** The shortest circle through a rule, in words. */
  static Optional<String> through(String pid, Map<String, RuleDefinition> rules) {
    Map<String, String> from = new HashMap<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(pid);
    while (!next.isEmpty()) {
      String rule = next.poll();
      for (String channel : rules.get(rule).targets()) {
        for (Map.Entry<String, RuleDefinition> other : rules.entrySet()) {
          boolean reads =
              other.getValue().when().filter(w -> w.references().contains(channel)).isPresent();
          if (reads && other.getKey().equals(pid)) {
            return Optional.of(words(pid, rule, channel, from));
          }
          if (reads && !from.containsKey(other.getKey())) {
            from.put(other.getKey(), rule + " writes " + channel);
            next.add(other.getKey());
          }
        }
      }
    }
    return Optional.empty();
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
