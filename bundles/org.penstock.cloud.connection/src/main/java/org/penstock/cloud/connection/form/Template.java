package org.penstock.cloud.connection.form;

import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON by template. Placeholders: {@code ${asset}}, {@code ${channel}}, {@code ${value}}, {@code
 * ${quality}}, {@code ${timestamp}} (milliseconds) and {@code ${time}} (ISO 8601), each as JSON;
 * with {@code .text} behind the name as escaped text without quotes, to be used within a string.
 * {@code ${=expression}} is the value of an expression over the values of the message.
 * What stands between {@code ${#values}} and {@code ${/values}} is repeated for each value with
 * commas between; without it the whole template is, and several become an array. Unchangeable, but for
 * what its expressions remember.
 */
public final class Template {

  /** The usual form: a message with all values of an asset. */
  public static final String DEFAULT =
      "{\"asset\":${asset},\"timestamp\":${timestamp},\"values\":{${#values}${channel}:${value}${/values}}}";

  private static final String FORMULA = "=";
  private static final String BEGIN = "${#values}";
  private static final String END = "${/values}";
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}]*)}");

  private final String before;
  private final String each;
  private final String after;
  private final boolean whole;
  private final Formulas formulas;

  private Template(String before, String each, String after, boolean whole, Formulas formulas) {
    this.before = before;
    this.each = each;
    this.after = after;
    this.whole = whole;
    this.formulas = formulas;
  }

  /**
   * Reads a template.
   *
   * @param formulas gives the values of its expressions
   * @throws IllegalArgumentException names the placeholder that is unknown, and those that are allowed
   */
  public static Template parse(String text, Formulas formulas) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 != end < 0 || begin > end) {
      throw new IllegalArgumentException("the template needs both " + BEGIN + " and " + END);
    }
    Template template =
        begin < 0
            ? new Template("", text, "", true, formulas)
            : new Template(
                text.substring(0, begin),
                text.substring(begin + BEGIN.length(), end),
                text.substring(end + END.length()),
                false,
                formulas);
    template.check();
    return template;
  }

  private void check() {
    Sample sample = new Sample("a", "c", 1, 0, "good");
    Matcher places = PLACE.matcher(before + each + after);
    while (places.find()) {
      if (!places.group(1).startsWith(FORMULA)) {
        value(places.group(1), sample, List.of(sample));
      }
    }
  }

  /** The text of one value within a message, and what separates it from the next. */
  String one(Sample sample) {
    return fill(each, sample, List.of(sample)) + ",";
  }

  /** The text around the values. */
  String frame(Sample first) {
    return whole ? "[]" : fill(before, first, List.of(first)) + fill(after, first, List.of(first));
  }

  /** The text of these values; of none, an empty array or the frame alone. */
  public String render(List<Sample> samples) {
    List<String> parts = new ArrayList<>();
    samples.forEach(sample -> parts.add(fill(each, sample, samples)));
    String inner = String.join(",", parts);
    if (whole) {
      return parts.size() == 1 ? inner : "[" + inner + "]";
    }
    Sample first = samples.isEmpty() ? new Sample("", "", null, 0, "bad") : samples.get(0);
    return fill(before, first, samples) + inner + fill(after, first, samples);
  }

  private String fill(String text, Sample sample, List<Sample> all) {
    return PLACE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), sample, all)));
  }

  private String value(String name, Sample sample, List<Sample> all) {
    if (name.startsWith(FORMULA)) {
      return json(formulas.value(name.substring(FORMULA.length()).strip(), all).orElse(null));
    }
    boolean bare = name.endsWith(".text");
    String key = bare ? name.substring(0, name.length() - ".text".length()) : name;
    String json =
        switch (key) {
          case "asset" -> quoted(sample.asset());
          case "channel" -> quoted(sample.channel());
          case "value" -> json(sample.value());
          case "quality" -> quoted(sample.quality());
          case "timestamp" -> String.valueOf(sample.timestamp());
          case "time" -> quoted(Instant.ofEpochMilli(sample.timestamp()).toString());
          default ->
              throw new IllegalArgumentException(
                  "the template's placeholder must be asset, channel, value, quality, timestamp, time or"
                      + " =expression, given: "
                      + name);
        };
    return bare && json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
  }

  private static String quoted(String text) {
    return new JsonPrimitive(text).toString();
  }

  /** A value as JSON; numbers that are not finite are null. */
  static String json(Object value) {
    if (value instanceof Number n) {
      return Double.isFinite(n.doubleValue()) ? n.toString() : "null";
    }
    if (value instanceof byte[] bytes) {
      return quoted(Base64.getEncoder().encodeToString(bytes));
    }
    if (value == null) {
      return "null";
    }
    return value instanceof Boolean ? value.toString() : quoted(value.toString());
  }
}
