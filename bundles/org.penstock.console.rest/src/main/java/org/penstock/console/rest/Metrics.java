package org.penstock.console.rest;

import java.util.Map;
import java.util.TreeMap;
import org.penstock.api.health.Health;
import org.penstock.api.health.HealthState;

/**
 * Health figures in Prometheus' text form: figure {@code poll.missed} of the source {@code
 * field/asset/pump1} becomes {@code penstock_poll_missed{source="field/asset/pump1"}}; the level is
 * {@code penstock_health}, 0 for OK to 3 for FAILED.
 */
final class Metrics {

  private Metrics() {}

  static String text(Health health) {
    Map<String, StringBuilder> families = new TreeMap<>();
    health
        .states()
        .forEach(
            (source, state) -> {
              add(families, "penstock_health", source, state.level().ordinal());
              figures(families, source, state);
            });
    StringBuilder text = new StringBuilder();
    families.forEach(
        (name, lines) -> text.append("# TYPE ").append(name).append(" untyped\n").append(lines));
    return text.toString();
  }

  private static void figures(
      Map<String, StringBuilder> families, String source, HealthState state) {
    state
        .figures()
        .forEach(
            (figure, value) -> {
              if (value instanceof Number number) {
                String name = "penstock_" + figure.replaceAll("[^A-Za-z0-9_]", "_");
                add(families, name, source, number);
              }
            });
  }

  private static void add(
      Map<String, StringBuilder> families, String name, String source, Number value) {
    families
        .computeIfAbsent(name, n -> new StringBuilder())
        .append(name)
        .append("{source=\"")
        .append(escaped(source))
        .append("\"} ")
        .append(value)
        .append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
