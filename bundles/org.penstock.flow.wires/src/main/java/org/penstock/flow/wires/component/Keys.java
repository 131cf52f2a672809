package org.penstock.flow.wires.component;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireRecord;

/** How an asset's record is laid out: values, what belongs to a value, and what belongs to all. */
final class Keys {

  static final String ASSET = "assetName";
  private static final Set<String> COMMON = Set.of(ASSET, "assetTimestamp", "assetError", "TIMER");
  private static final List<String> COMPANIONS = List.of("_timestamp", "_unit", "_error");

  private Keys() {}

  /** Belongs to the record as a whole. */
  static boolean isCommon(String key) {
    return COMMON.contains(key);
  }

  /** The value to which the key belongs, such as {@code t1} for {@code t1_unit}; else the key. */
  static String owner(String key, Map<String, ?> record) {
    for (String companion : COMPANIONS) {
      if (key.endsWith(companion)) {
        String owner = key.substring(0, key.length() - companion.length());
        if (record.containsKey(owner)) {
          return owner;
        }
      }
    }
    return key;
  }

  /** The asset that the record comes from, or empty text. */
  static String asset(WireRecord record) {
    TypedValue<?> name = record.getProperties().get(ASSET);
    return name == null ? "" : String.valueOf(name.getValue());
  }

  static OptionalDouble number(TypedValue<?> value) {
    return value.getValue() instanceof Number number && Double.isFinite(number.doubleValue())
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /**
   * A pattern for whole keys.
   *
   * @throws IllegalArgumentException with the key, the value and what is wrong
   */
  static Pattern pattern(Settings settings, String key) {
    String regex = settings.text(key, "");
    try {
      return Pattern.compile(regex.isEmpty() ? ".*" : regex);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "%s is '%s', must be a regular expression: %s"
              .formatted(key, regex, wrong.getDescription()),
          wrong);
    }
  }
}
