package org.penstock.flow.wires.component;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

/** Other names, units and scales. Unchangeable. */
record Shaper(Map<String, String> names, Map<String, Scale> scales) {

  static final Shaper NONE = new Shaper(Map.of(), Map.of());

  /** What becomes of a number. */
  record Scale(double factor, double offset, String unit) {

    static Scale parse(String text) {
      String[] parts = text.split(",", 3);
      return new Scale(
          Double.parseDouble(parts[0].strip()),
          parts.length > 1 && !parts[1].isBlank() ? Double.parseDouble(parts[1].strip()) : 0,
          parts.length > 2 ? parts[2].strip() : "");
    }
  }

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException with the key, the line and what is allowed
   */
  static Shaper parse(Settings settings) {
    return new Shaper(
        lines(settings, ReshapeConfig.RENAME, "key = new key", Function.identity()),
        lines(settings, ReshapeConfig.SCALE, "key = factor, offset, unit", Scale::parse));
  }

  private static <T> Map<String, T> lines(
      Settings settings, String key, String form, Function<String, T> parser) {
    Map<String, T> read = new LinkedHashMap<>();
    for (String line : settings.text(key, "").split("\\R")) {
      int sign = line.indexOf('=');
      try {
        if (sign > 0 && !line.substring(sign + 1).isBlank()) {
          read.put(line.substring(0, sign).strip(), parser.apply(line.substring(sign + 1).strip()));
        } else if (!line.isBlank()) {
          throw new NumberFormatException("no value");
        }
      } catch (NumberFormatException unreadable) {
        throw new IllegalArgumentException(
            "%s has the line '%s', must be '%s'".formatted(key, line, form), unreadable);
      }
    }
    return Map.copyOf(read);
  }

  List<WireRecord> apply(List<WireRecord> records) {
    return names.isEmpty() && scales.isEmpty()
        ? records
        : records.stream().map(this::apply).toList();
  }

  private WireRecord apply(WireRecord record) {
    Map<String, TypedValue<?>> before = record.getProperties();
    Map<String, TypedValue<?>> after = new HashMap<>();
    before.forEach((key, value) -> after.put(name(key, before), value));
    scales.forEach((key, scale) -> scale(after, key, scale));
    return new WireRecord(after);
  }

  private String name(String key, Map<String, ?> record) {
    if (names.containsKey(key)) {
      return names.get(key);
    }
    String owner = Keys.owner(key, record);
    return names.containsKey(owner) ? names.get(owner) + key.substring(owner.length()) : key;
  }

  private static void scale(Map<String, TypedValue<?>> values, String key, Scale scale) {
    TypedValue<?> value = values.get(key);
    OptionalDouble number = value == null ? OptionalDouble.empty() : Keys.number(value);
    if (number.isPresent()) {
      values.put(
          key, TypedValues.newDoubleValue(number.getAsDouble() * scale.factor() + scale.offset()));
      if (!scale.unit().isEmpty()) {
        values.put(key + "_unit", TypedValues.newStringValue(scale.unit()));
      }
    }
  }
}
