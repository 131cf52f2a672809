package org.penstock.flow.rules.rule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;

/** The last values that a rule saw. One thread at a time. */
final class Evidence {

  private static final int KEPT = 16;

  private record Seen(String channel, ChannelState state) {}

  private final Deque<Seen> seen = new ArrayDeque<>();
  private String asset = "";

  /** Keys of records that come from now on are channels of that asset; null for none. */
  void asset(TypedValue<?> name) {
    asset = name == null ? "" : String.valueOf(name.getValue());
  }

  /** The value of a channel, or of a record's key. */
  void note(String reference, ChannelState state) {
    boolean key = reference.indexOf('/') < 0 && !asset.isEmpty();
    String channel = key ? asset + "/" + reference : reference;
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
