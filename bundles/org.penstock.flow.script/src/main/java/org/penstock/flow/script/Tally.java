package org.penstock.flow.script;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.script.ScriptException.Reason;

/** Counts runs and how they ended. Any thread may call. */
final class Tally {

  private final LongAdder runs = new LongAdder();
  private final LongAdder exhausted = new LongAdder();
  private final Map<Reason, LongAdder> ends = new EnumMap<>(Reason.class);

  Tally() {
    for (Reason reason : Reason.values()) {
      ends.put(reason, new LongAdder());
    }
  }

  void began() {
    runs.increment();
  }

  void ended(Reason reason) {
    ends.get(reason).increment();
  }

  /** The Java machine itself had no memory left. */
  void outOfMemory() {
    exhausted.increment();
  }

  Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("runs", runs.sum());
    figures.put("out.of.memory", exhausted.sum());
    ends.forEach(
        (reason, count) ->
            figures.put("ended." + reason.name().toLowerCase(Locale.ROOT), count.sum()));
    return figures;
  }
}
