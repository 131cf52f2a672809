package org.penstock.flow.rules.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.penstock.api.driver.ChannelState;

/** The last values that a rule saw. One thread at a time. */
final class Evidence {

  private static final int KEPT = 16;

  private record Seen(String channel, ChannelState state) {}

  private final Deque<Seen> seen = new ArrayDeque<>();

  void note(String channel, ChannelState state) {
    if (seen.size() == KEPT) {
      seen.poll();
    }
    seen.add(new Seen(channel, state));
  }

  /** The channel seen last, empty for none. */
  String last() {
    return seen.isEmpty() ? "" : seen.getLast().channel();
  }

  /** For JSON, oldest first. */
  List<Map<String, Object>> shown() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Seen one : seen) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("channel", one.channel());
      shown.put("time", one.state().at().toString());
      shown.put("quality", one.state().quality().level().name());
      one.state().lastGood().ifPresent(value -> shown.put("value", value.getValue()));
      all.add(shown);
    }
    return all;
  }
}
