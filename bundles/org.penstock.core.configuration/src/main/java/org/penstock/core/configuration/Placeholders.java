package org.penstock.core.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:-otherwise}} in a fragment, so that one image serves many
 * boxes.
 */
final class Placeholders {

  private static final Pattern PLACE =
      Pattern.compile("\\$\\{(PENSTOCK_[A-Z0-9_]+|host\\.name|host\\.mac)(:-([^}]*))?}");

  private final Function<String, Optional<String>> values;
  private final Set<String> missing = new TreeSet<>();

  /**
   * @param values a variable's value
   */
  Placeholders(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /** The text filled; what is missing stands in {@link #missing}. */
  String filled(String text) {
    boolean json = text.stripLeading().startsWith("{");
    UnaryOperator<String> escape = json ? Placeholders::json : Placeholders::xml;
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(escape.apply(value(place))));
  }

  private String value(java.util.regex.MatchResult place) {
    Optional<String> value = values.apply(place.group(1));
    if (value.isEmpty() && place.group(3) == null) {
      missing.add(place.group(1));
    }
    return value.orElse(place.group(3) == null ? "" : place.group(3));
  }

  Set<String> missing() {
    return missing;
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String json(String text) {
    String quoted = new com.google.gson.JsonPrimitive(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }
}
