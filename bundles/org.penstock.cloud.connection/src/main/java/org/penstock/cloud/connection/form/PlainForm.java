package org.penstock.cloud.connection.form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
   * @param formulas gives the values of the template's expressions
   * @throws IllegalArgumentException says what is allowed
   */
  public static PlainForm of(String kind, String template, Formulas formulas) {
    Template json = Template.parse(template.isBlank() ? Template.DEFAULT : template, formulas);
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

  /** Parts in their order, none of whose payloads has more bytes, unless one value alone has. */
  public List<List<Sample>> parts(List<Sample> samples, int mostBytes) {
    if (mostBytes <= 0 || samples.isEmpty() || kind == Kind.RAW) {
      return List.of(samples);
    }
    List<List<Sample>> parts = new ArrayList<>();
    List<Sample> part = new ArrayList<>();
    long size = 0;
    for (Sample sample : samples) {
      long more = bytes(sample);
      if (!part.isEmpty() && size + more > mostBytes) {
        parts.add(part);
        part = new ArrayList<>();
      }
      size = part.isEmpty() ? frameBytes(sample) + more : size + more;
      part.add(sample);
    }
    parts.add(part);
    return parts;
  }

  private int frameBytes(Sample first) {
    return kind == Kind.CSV ? 0 : length(template.frame(first));
  }

  private int bytes(Sample sample) {
    return length(kind == Kind.CSV ? csv(List.of(sample)) : template.one(sample));
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
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
