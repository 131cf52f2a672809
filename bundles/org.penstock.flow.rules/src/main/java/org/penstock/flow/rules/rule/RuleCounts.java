package org.penstock.flow.rules.rule;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is counted of it; put into words only when somebody asks. */
record RuleCounts(
    long firings,
    Optional<Instant> lastFired,
    long writes,
    long published,
    long lost,
    long dropped) {

  static final RuleCounts NONE = new RuleCounts(0, Optional.empty(), 0, 0, 0, 0);

  Map<String, Object> figures() {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("firings", firings);
    lastFired.ifPresent(at -> figures.put("last.fired", at.toString()));
    figures.put("writes", writes);
    figures.put("published", published);
    figures.put("messages.lost", lost);
    figures.put("inputs.dropped", dropped);
    return figures;
  }
}
