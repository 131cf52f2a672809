package org.penstock.cloud.connection.sparkplug;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.penstock.cloud.connection.codec.SparkplugMetric;
import org.penstock.cloud.connection.codec.SparkplugType;
import org.penstock.cloud.connection.form.Sample;

/**
 * The metrics of the node itself or of one device: the newest that is known, and what the host was
 * told since the last birth. Guarded by its {@link EdgeNode}.
 */
final class MetricGroup {

  /** The newest of a metric; row 0: only its name is known. */
  private record Known(SparkplugMetric metric, long alias, long row) {}

  /** What the host was told last. */
  private record Told(SparkplugType type, long row) {}

  private final String device;
  private final LongSupplier aliases;
  private final Map<String, Known> known = new TreeMap<>();
  private final Map<String, Told> told = new HashMap<>();
  private boolean born;

  /**
   * No metrics yet.
   *
   * @param device empty for the node itself
   * @param aliases gives a new alias, or -1
   */
  MetricGroup(String device, LongSupplier aliases) {
    this.device = device;
    this.aliases = aliases;
  }

  String device() {
    return device;
  }

  boolean born() {
    return born;
  }

  /** Something is known, and not everything is bad. */
  boolean alive() {
    return known.values().stream().anyMatch(k -> !k.metric().bad());
  }

  /** The type that the metric has had. */
  SparkplugType typeOr(String name, SparkplugType fallback) {
    Known before = known.get(name);
    return before == null ? fallback : before.metric().type();
  }

  /** Everything, as bad. */
  List<Sample> lost(long now) {
    return known.keySet().stream().map(n -> new Sample(device, n, null, now, "bad")).toList();
  }

  /** A newer value. */
  void learn(SparkplugMetric metric, long row) {
    Known before = known.get(metric.name());
    long alias = before == null ? aliases.getAsLong() : before.alias();
    known.put(metric.name(), new Known(metric, alias, row));
  }

  /** A row of an earlier run names metrics that this run has not seen: they have no value yet. */
  void learnNames(List<SparkplugMetric> row, long now) {
    for (SparkplugMetric metric : row) {
      if (!known.containsKey(metric.name())) {
        SparkplugMetric unknown =
            new SparkplugMetric(metric.name(), -1, now, metric.type(), null, false, true);
        learn(unknown, 0);
      }
    }
  }

  /** The host knows all metrics of the row, with their types. */
  boolean covers(List<SparkplugMetric> row) {
    return row.stream()
        .allMatch(
            m -> {
              Told before = told.get(m.name());
              return before != null && (m.value() == null || before.type() == m.type());
            });
  }

  /** The host forgets all. */
  void forget() {
    told.clear();
    born = false;
  }

  /**
   * The metrics of a birth certificate, which the host knows from now on.
   *
   * @param row what comes next: where its type is not the newest one, the metric is born with the
   *     row's type and no value
   */
  List<SparkplugMetric> birth(List<SparkplugMetric> row) {
    forget();
    Map<String, SparkplugType> types = new HashMap<>();
    row.stream().filter(m -> m.value() != null).forEach(m -> types.put(m.name(), m.type()));
    List<SparkplugMetric> metrics = new ArrayList<>();
    known.forEach(
        (name, newest) -> {
          SparkplugMetric now = newest.metric();
          SparkplugType type = types.getOrDefault(name, now.type());
          boolean same = type == now.type();
          Object value = same ? now.value() : null;
          boolean bad = now.bad() || !same;
          metrics.add(
              new SparkplugMetric(name, newest.alias(), now.timestamp(), type, value, false, bad));
          told.put(name, new Told(type, same ? newest.row() : newest.row() - 1));
        });
    born = true;
    return metrics;
  }

  /**
   * What of a row is to be sent now. What the birth has told already is left out; what is older than
   * what the host was told is history.
   *
   * @param rowNumber 0 for a row of an earlier run
   */
  List<SparkplugMetric> data(List<SparkplugMetric> row, long rowNumber) {
    List<SparkplugMetric> out = new ArrayList<>();
    for (SparkplugMetric metric : row) {
      Told before = told.get(metric.name());
      long alias = known.get(metric.name()).alias();
      if (rowNumber == 0 || rowNumber != before.row()) {
        boolean old = rowNumber < before.row() || rowNumber == 0;
        SparkplugMetric typed = metric.value() == null ? metric.withType(before.type()) : metric;
        out.add(typed.asData(alias, old));
      }
    }
    return out;
  }

  /** The row was sent. */
  void sent(List<SparkplugMetric> row, long rowNumber) {
    for (SparkplugMetric metric : row) {
      Told before = told.get(metric.name());
      if (rowNumber > before.row()) {
        told.put(metric.name(), new Told(before.type(), rowNumber));
      }
    }
  }

  /** With this row the host knows the newest of everything, and everything is bad. */
  boolean diesWith(long rowNumber) {
    return !alive()
        && known.entrySet().stream()
            .allMatch(
                e -> {
                  long newest = e.getValue().row();
                  Told before = told.get(e.getKey());
                  return newest == rowNumber || before != null && before.row() == newest;
                });
  }

  /** The metric of a command, with its name and type; null when there is none. */
  SparkplugMetric find(SparkplugMetric command) {
    for (Map.Entry<String, Known> each : known.entrySet()) {
      Known candidate = each.getValue();
      boolean named = each.getKey().equals(command.name());
      if (named || command.name().isEmpty() && candidate.alias() == command.alias()) {
        SparkplugType type = candidate.metric().type();
        return SparkplugMetric.of(each.getKey(), command.timestamp(), type, command.value());
      }
    }
    return null;
  }
}
