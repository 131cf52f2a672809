package org.penstock.flow.wires.component;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireRecord;

/**
 * Keeps or removes values by key. Unchangeable.
 *
 * @param pattern matches whole keys; none passes all
 * @param retain keep what matches, else remove it
 */
record KeyFilter(Optional<Pattern> pattern, boolean retain) {

  static final KeyFilter PASS = new KeyFilter(Optional.empty(), true);

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException with the key, the value and what is allowed
   */
  static KeyFilter parse(Settings settings) {
    String regex = settings.text(RegexFilterConfig.REGEX, "");
    boolean retain = settings.number(RegexFilterConfig.TYPE, 1, 1, 2) == 1;
    if (regex.isEmpty()) {
      return PASS;
    }
    try {
      return new KeyFilter(Optional.of(Pattern.compile(regex)), retain);
    } catch (PatternSyntaxException wrong) {
      throw new IllegalArgumentException(
          "%s is '%s', must be a regular expression: %s"
              .formatted(RegexFilterConfig.REGEX, regex, wrong.getDescription()),
          wrong);
    }
  }

  List<WireRecord> apply(List<WireRecord> records) {
    if (pattern.isEmpty()) {
      return records;
    }
    Matcher matcher = pattern.get().matcher("");
    List<WireRecord> kept = new ArrayList<>(records.size());
    for (WireRecord record : records) {
      Map<String, TypedValue<?>> left = new HashMap<>();
      for (Map.Entry<String, TypedValue<?>> value : record.getProperties().entrySet()) {
        if (matcher.reset(value.getKey()).matches() == retain) {
          left.put(value.getKey(), value.getValue());
        }
      }
      kept.add(new WireRecord(left));
    }
    return Collections.unmodifiableList(kept);
  }
}
