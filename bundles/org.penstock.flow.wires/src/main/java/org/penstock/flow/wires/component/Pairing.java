package org.penstock.flow.wires.component;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;

/** Puts the records of two envelopes together. */
final class Pairing {

  private Pairing() {}

  /**
   * Pairs records by position. A record without partner stays as it is; of equal keys the second
   * envelope's wins.
   *
   * @param envelopes two; null where nothing came yet
   */
  static List<WireRecord> join(List<WireEnvelope> envelopes) {
    List<WireRecord> first = records(envelopes.get(0));
    List<WireRecord> second = records(envelopes.get(1));
    List<WireRecord> joined = new ArrayList<>();
    for (int index = 0; index < Math.max(first.size(), second.size()); index++) {
      if (index >= second.size()) {
        joined.add(first.get(index));
      } else if (index >= first.size()) {
        joined.add(second.get(index));
      } else {
        Map<String, TypedValue<?>> both = new HashMap<>(first.get(index).getProperties());
        both.putAll(second.get(index).getProperties());
        joined.add(new WireRecord(both));
      }
    }
    return joined;
  }

  private static List<WireRecord> records(WireEnvelope envelope) {
    return envelope == null ? List.of() : envelope.getRecords();
  }
}
