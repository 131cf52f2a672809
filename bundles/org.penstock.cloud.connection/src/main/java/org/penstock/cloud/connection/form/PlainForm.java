package org.penstock.cloud.connection.form;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;

/** How values become bytes. Unchangeable. */
public final class PlainForm {

  /** Kinds of payload. */
  public enum Kind {
    /** JSON by template. */
    JSON,
    /** A line for each value: timestamp, asset, channel, value, quality. */
    CSV,
    /** The text of the first value; bytes as they are. */
    RAW
  }

  private final Kind kind;
  private final Template template;

  private PlainForm(Kind kind, Template template) {
    this.kind = kind;
    this.template = template;
  }

  /**
   * Reads the configuration.
   *
   * @param kind json, csv or raw
   * @param template of JSON; empty for the usual one
   * @throws IllegalArgumentException says what is allowed
   */
  public static PlainForm of(String kind, String template) {
    Template json = Template.parse(template.isBlank() ? Template.DEFAULT : template);
    return switch (kind) {
      case "json" -> new PlainForm(Kind.JSON, json);
      case "csv" -> new PlainForm(Kind.CSV, json);
      case "raw" -> new PlainForm(Kind.RAW, json);
      default ->
          throw new IllegalArgumentException(
              "payload.form must be json, csv or raw, given: " + kind);
    };
  }

  /** The payload of these values. */
  public byte[] encode(List<Sample> samples) {
    if (kind == Kind.RAW && !samples.isEmpty() && samples.get(0).value() instanceof byte[] bytes) {
      return bytes;
    }
    String text =
        switch (kind) {
          case JSON -> template.render(samples);
          case CSV -> csv(samples);
          case RAW -> samples.isEmpty() ? "" : text(samples.get(0).value());
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String csv(List<Sample> samples) {
    StringBuilder out = new StringBuilder();
    for (Sample sample : samples) {
      StringJoiner line = new StringJoiner(",", "", "\r\n"); // RFC 4180
      line.add(String.valueOf(sample.timestamp()));
      line.add(cell(sample.asset()));
      line.add(cell(sample.channel()));
      line.add(cell(text(sample.value())));
      line.add(sample.quality());
      out.append(line);
    }
    return out.toString();
  }

  private static String cell(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static String text(Object value) {
    String json = Template.json(value);
    return value == null
        ? ""
        : value instanceof byte[] || !json.startsWith("\"") ? bare(json) : value.toString();
  }

  private static String bare(String json) {
    return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
  }
}
