package org.penstock.flow.rules.language;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What somebody may have meant. */
final class Suggestions {

  /** All functions. */
  static final SortedSet<String> FUNCTIONS =
      new TreeSet<>(
          List.of(
              "abs",
              "sqrt",
              "exp",
              "ln",
              "log10",
              "sin",
              "cos",
              "tan",
              "floor",
              "ceil",
              "round",
              "pow",
              "min",
              "max",
              "clamp",
              "bit",
              "whole",
              "length",
              "upper",
              "lower",
              "trim",
              "contains",
              "startsWith",
              "endsWith",
              "substring",
              "text",
              "number",
              "good",
              "uncertain",
              "bad",
              "quality",
              "age",
              "time",
              "orElse",
              "now",
              "seconds",
              "hour",
              "minute",
              "weekday",
              "day",
              "month",
              "shift",
              "onDay",
              "held",
              "lingers",
              "rises",
              "falls",
              "changed",
              "hysteresis",
              "deadband",
              "absent",
              "sequence",
              "missing",
              "count",
              "sum",
              "avg",
              "stddev",
              "percentile",
              "delta",
              "rate",
              "first"));

  private static final int MOST_KNOWN = 20_000;

  private Suggestions() {}

  /** The name that differs least, if it does not differ much. */
  static Optional<String> nearest(String name, Collection<String> known) {
    String best = null;
    int limit = Math.max(1, Math.min(name.length(), 60) / 3);
    int least = limit + 1;
    for (String other : known.stream().sorted().limit(MOST_KNOWN).toList()) {
      if (Math.abs(other.length() - name.length()) < least) {
        int distance = distance(name.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          best = other;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** A name as an expression has it. */
  static String written(String name) {
    String word = "[\\p{L}_][\\p{L}\\d_.]*";
    return name.matches(word + "(/" + word + ")*") ? name : "[" + name + "]";
  }

  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j < above.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[above.length];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[other.length()];
  }
}
