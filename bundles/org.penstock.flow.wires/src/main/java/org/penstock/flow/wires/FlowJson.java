package org.penstock.flow.wires;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import jakarta.ws.rs.BadRequestException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

/** The JSON of {@code /api/v1/flows}, field by field. */
final class FlowJson {

  /** One value with its type's name; byte arrays in Base64. */
  record Value(String type, JsonElement value) {}

  /** A graph at a glance. */
  record Summary(
      String name, int components, int wires, List<String> missing, List<String> waiting) {}

  /** All graphs. */
  record Summaries(List<Summary> flows) {}

  /** How one component does. Times in nanoseconds. */
  record Component(
      String pid,
      boolean present,
      long received,
      long failed,
      long emitted,
      long totalNanos,
      long longestNanos,
      boolean aside,
      int waiting,
      long dropped,
      String trouble,
      String lastError,
      long lastAt,
      List<Map<String, Value>> last) {}

  /** A graph with the state of its components. */
  record Flow(String name, JsonElement graph, List<Component> components) {}

  /** What a tap heard. */
  record Heard(
      long number,
      long at,
      String emitter,
      int emitterPort,
      String receiver,
      int receiverPort,
      List<Map<String, Value>> records) {}

  /** All that a tap heard since the number that was given. */
  record Tap(List<Heard> heard) {}

  /** What to inject: {@code side} is input or output. */
  record Injection(String side, Integer port, List<Map<String, Value>> records) {}

  /** To how many receivers it went. */
  record Injected(int receivers) {}

  private FlowJson() {}

  static List<Map<String, Value>> records(List<WireRecord> records) {
    return records.stream().map(FlowJson::record).toList();
  }

  private static Map<String, Value> record(WireRecord record) {
    Map<String, Value> values = new TreeMap<>();
    record
        .getProperties()
        .forEach((key, value) -> values.put(key, new Value(value.getType().name(), json(value))));
    return values;
  }

  private static JsonElement json(TypedValue<?> value) {
    Object plain = value.getValue();
    if (plain instanceof byte[] bytes) {
      return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
    }
    if (plain instanceof Number number) {
      return Double.isFinite(number.doubleValue())
          ? new JsonPrimitive(number)
          : new JsonPrimitive(number.toString());
    }
    return plain instanceof Boolean flag
        ? new JsonPrimitive(flag)
        : new JsonPrimitive(plain.toString());
  }

  static List<WireRecord> read(List<Map<String, Value>> records) {
    if (records == null || records.isEmpty() || records.contains(null)) {
      throw new BadRequestException(
          "the records are missing; give"
              + " {\"records\":[{\"<key>\":{\"type\":\"INTEGER\",\"value\":1}}]}");
    }
    return records.stream()
        .map(
            record -> {
              Map<String, TypedValue<?>> values = new HashMap<>();
              record.forEach((key, value) -> values.put(key, read(key, value)));
              return new WireRecord(values);
            })
        .toList();
  }

  private static TypedValue<?> read(String key, Value value) {
    try {
      DataType type = DataType.valueOf(value.type());
      String text = value.value().getAsString();
      return type == DataType.STRING
          ? TypedValues.newStringValue(text)
          : TypedValues.parseTypedValue(type, text);
    } catch (IllegalArgumentException
        | NullPointerException
        | IllegalStateException
        | UnsupportedOperationException wrong) {
      throw new BadRequestException(
          key + " must have type and value, for example {\"type\":\"INTEGER\",\"value\":1}", wrong);
    }
  }
}
