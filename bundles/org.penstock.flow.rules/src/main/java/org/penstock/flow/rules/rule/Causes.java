package org.penstock.flow.rules.rule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which rules lie behind a channel's value: when rules act on each other in a circle, a rule finds
 * itself among the causes of what it sees. Any thread may call.
 */
final class Causes {

  /** So often may a rule be among its own causes. */
  static final int MOST_ROUNDS = 3;

  private static final long FRESH = 3_000;
  private static final int LONGEST = 64;

  private record Cause(List<String> rules, long until) {}

  private final Map<String, Cause> byChannel = new ConcurrentHashMap<>();

  /** A rule acts on a channel, for these causes. */
  void acted(String rule, List<String> causes, String channel, long now) {
    List<String> chain = new ArrayList<>(causes);
    chain.add(rule);
    if (chain.size() > LONGEST) {
      chain.remove(0);
    }
    byChannel.put(channel, new Cause(List.copyOf(chain), now + FRESH));
  }

  /** The rules behind a value that comes now, oldest first. */
  List<String> of(String channel, long now) {
    if (byChannel.isEmpty()) {
      return List.of();
    }
    Cause cause = byChannel.get(channel);
    if (cause == null) {
      return List.of();
    }
    if (now > cause.until()) {
      byChannel.remove(channel, cause);
      return List.of();
    }
    return cause.rules();
  }

  /** The rule has gone round too often. */
  static boolean isLoop(String rule, List<String> causes) {
    return Collections.frequency(causes, rule) >= MOST_ROUNDS;
  }

  /** The circle, for people. */
  static String words(String rule, List<String> causes) {
    int last = causes.lastIndexOf(rule);
    return String.join(" -> ", causes.subList(last, causes.size())) + " -> " + rule;
  }
}
