package org.penstock.flow.wires.testkit;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireRecord;

/** Short forms for tests. */
public final class Wires {

  private Wires() {}

  /** A record of key, value, key, value. */
  public static WireRecord record(Object... keysAndValues) {
    Map<String, TypedValue<?>> values = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], TypedValues.newTypedValue(keysAndValues[i + 1]));
    }
    return new WireRecord(values);
  }

  public static WireEnvelope envelope(WireRecord... records) {
    return new WireEnvelope("emitter", java.util.List.of(records));
  }

  /** A record's entries as sorted text. */
  public static String text(WireRecord record) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(record.getProperties())
        .forEach((key, value) -> text.append(key).append('=').append(value.getValue()).append(' '));
    return text.toString().strip();
  }
}
