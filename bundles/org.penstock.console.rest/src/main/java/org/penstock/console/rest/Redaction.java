package org.penstock.console.rest;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of text that leaves the gateway: the values that are known to be secret wherever
 * they stand, and what is written like one. It rather takes too much.
 */
final class Redaction {

  /** What stands in a secret's place. */
  static final String MASK = "***";

  /** A shorter text is no secret, and would take the sense out of all other texts. */
  private static final int SHORTEST = 4;

  private static final Pattern NAME =
      Pattern.compile(
          "(?i).*(passw|passphrase|secret|token|credential|private.?key|app.?key|nwk.?key|api.?key"
              + "|key.?store.?pwd|[._]ks[._]).*");

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?i)((?:password|passwd|passphrase|secret|token|app_?key|nwk_?key|api_?key)[\"']?\\s*[:=]\\s*[\"']?"
              + "|authorization:\\s*\\w+\\s+|\\b(?:Basic|Bearer)\\s+)[^\\s\"',;}]+");
  private static final Pattern USER_INFO = Pattern.compile("(\\w://)[^/\\s@\"']+@");
  private static final Pattern PEM =
      Pattern.compile(
          "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)");

  private final Pattern known;

  /**
   * @param secrets the secret values; of one with spaces each word that is longer than a name counts,
   *     too
   */
  Redaction(Collection<String> secrets) {
    TreeSet<String> all =
        new TreeSet<>(
            Comparator.comparingInt(String::length)
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
    for (String secret : secrets) {
      all.add(secret);
      for (String word : secret.split("\\s+")) {
        if (word.length() >= 2 * SHORTEST) {
          all.add(word);
        }
      }
    }
    all.removeIf(secret -> secret.strip().length() < SHORTEST);
    known =
        all.isEmpty()
            ? null
            : Pattern.compile(all.stream().map(Pattern::quote).collect(Collectors.joining("|")));
  }

  /** The text without secrets. */
  String text(String text) {
    String clean = known == null ? text : known.matcher(text).replaceAll(MASK);
    if (clean.contains("PRIVATE KEY-----")) {
      clean = PEM.matcher(clean).replaceAll(MASK);
    }
    if (clean.contains("://")) {
      clean = USER_INFO.matcher(clean).replaceAll("$1" + MASK + "@");
    }
    return WRITTEN.matcher(clean).replaceAll("$1" + MASK);
  }

  /** Whether what has this name is secret whatever it is. */
  static boolean isSecret(String name) {
    return NAME.matcher(name).matches();
  }

  /** Properties by name. */
  Map<String, String> properties(Map<String, String> properties) {
    Map<String, String> clean = new LinkedHashMap<>();
    properties.forEach(
        (name, value) -> clean.put(name, isSecret(name) ? MASK : text(String.valueOf(value))));
    return clean;
  }

  /** One value of a configuration. */
  ConfigurationJson.Property property(String name, ConfigurationJson.Property property) {
    boolean isSecret = property.type().equals("PASSWORD") || isSecret(name.replaceAll(".*#", ""));
    JsonElement value = isSecret ? new JsonPrimitive(MASK) : clean(property.value());
    return new ConfigurationJson.Property(property.type(), value);
  }

  private JsonElement clean(JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return value;
    }
    if (value.isJsonArray()) {
      var all = new com.google.gson.JsonArray();
      value.getAsJsonArray().forEach(one -> all.add(clean(one)));
      return all;
    }
    boolean isText = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    return isText ? new JsonPrimitive(text(value.getAsString())) : value;
  }
}
