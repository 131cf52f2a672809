package org.penstock.flow.rules.rule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Keys of the records that come over wires, as words of the language: their types, and their values. Pure. */
final class RecordWords {

  /** The property that names them. */
  static final String KEY = "record.properties";

  private static final String FORM =
      "write key: TYPE; key: TYPE, such as speed: DOUBLE; run: BOOLEAN";

  private RecordWords() {}

  /** The words with their types, in order; faults go to the list. */
  static Map<String, DataType> parse(String text, List<RuleDefinition.Fault> faults) {
    Map<String, DataType> words = new LinkedHashMap<>();
    int at = 1;
    for (String part : text.split("[;\n]", -1)) {
      if (!part.isBlank()) {
        String fault = parse(part, words);
        if (!fault.isEmpty()) {
          faults.add(new RuleDefinition.Fault(KEY, at, fault));
        }
      }
      at += part.length() + 1;
    }
    return words;
  }

  private static String parse(String part, Map<String, DataType> words) {
    int colon = part.lastIndexOf(':');
    if (colon <= 0 || part.substring(0, colon).isBlank()) {
      return "'%s' has no type; %s".formatted(part.strip(), FORM);
    }
    String word = part.substring(0, colon).strip();
    String type = part.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
    Optional<DataType> known =
        Arrays.stream(DataType.values()).filter(one -> one.name().equals(type)).findFirst();
    if (known.isEmpty()) {
      return "'%s' is no type; there are %s".formatted(type, Arrays.toString(DataType.values()));
    }
    if (word.indexOf('/') >= 0 || word.equals(RuleDefinition.ACTIVE)) {
      return "'%s' means something else; rename the key before this component".formatted(word);
    }
    return words.put(word, known.get()) == null ? "" : "'%s' is there twice".formatted(word);
  }

  /**
   * What a record says of the words: values, or that they are bad. Words of which it says nothing are left out.
   *
   * @param now the time of what bears none
   */
  static List<RuleEngine.Value> values(
      Iterable<String> words, Map<String, TypedValue<?>> record, Instant now) {
    Instant whole = time(record, "assetTimestamp").orElse(now);
    List<RuleEngine.Value> values = new ArrayList<>();
    for (String word : words) {
      Instant at = time(record, word + "_timestamp").orElse(whole);
      TypedValue<?> value = record.get(word);
      String error = text(record, word + "_error");
      String quality = text(record, word + "_quality");
      if (!error.isEmpty() || quality.equals(Quality.Level.BAD.name())) {
        String reason = error.isEmpty() ? "the record says that it is bad" : error;
        values.add(
            new RuleEngine.Value(
                word,
                new ChannelState(Quality.bad(reason), at, Optional.empty(), Optional.empty())));
      } else if (value != null) {
        Quality good =
            quality.equals(Quality.Level.UNCERTAIN.name())
                ? Quality.uncertain("the record says so")
                : Quality.GOOD;
        values.add(
            new RuleEngine.Value(
                word, new ChannelState(good, at, Optional.of(value), Optional.of(at))));
      }
    }
    return values;
  }

  private static Optional<Instant> time(Map<String, TypedValue<?>> record, String key) {
    return Optional.ofNullable(record.get(key))
        .map(TypedValue::getValue)
        .filter(Long.class::isInstance)
        .map(millis -> Instant.ofEpochMilli((Long) millis));
  }

  private static String text(Map<String, TypedValue<?>> record, String key) {
    TypedValue<?> value = record.get(key);
    return value == null ? "" : String.valueOf(value.getValue());
  }
}
