package org.penstock.flow.wires;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** How the graph is: what misses, and which components fail. Any thread may call. */
final class GraphState implements HealthSource {

  private static final int NAMED = 10;

  private record Shown(HealthState.Level level, String reason, Instant since) {}

  private final String name;
  private final Supplier<GraphWires.Status> status;
  private final Supplier<List<LiveWire>> wires;
  private final Supplier<List<String>> rivals;
  private final AtomicReference<String> refused = new AtomicReference<>("");
  private final AtomicReference<Shown> shown =
      new AtomicReference<>(new Shown(HealthState.Level.OK, "", Instant.now()));

  /**
   * @param name of the health source
   * @param rivals bundles that give another WireAdmin: it takes our wires from the components
   */
  GraphState(
      String name,
      Supplier<GraphWires.Status> status,
      Supplier<List<LiveWire>> wires,
      Supplier<List<String>> rivals) {
    this.name = name;
    this.status = status;
    this.wires = wires;
    this.rivals = rivals;
  }

  /** The stored graph is not in use, with the reason; empty when it is. */
  void refused(String reason) {
    refused.set(reason);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    GraphWires.Status now = status.get();
    List<LiveWire> all = wires.get();
    List<String> reasons = reasons(now, all);
    HealthState.Level level = HealthState.Level.OK;
    if (!refused.get().isEmpty()) {
      level = HealthState.Level.FAILED;
    } else if (now.gathering()) {
      level = HealthState.Level.STARTING;
    } else if (!reasons.isEmpty()) {
      level = HealthState.Level.DEGRADED;
    }
    HealthState.Level found = level;
    String reason = String.join("; ", reasons);
    Shown state =
        shown.updateAndGet(
            old ->
                old.level() == found && old.reason().equals(reason)
                    ? old
                    : new Shown(found, reason, Instant.now()));
    return new HealthState(state.level(), state.reason(), state.since(), figures(now, all));
  }

  private List<String> reasons(GraphWires.Status now, List<LiveWire> all) {
    List<String> reasons = new ArrayList<>();
    if (!refused.get().isEmpty()) {
      reasons.add(refused.get());
    }
    List<String> others = rivals.get();
    if (!others.isEmpty()) {
      reasons.add("another WireAdmin takes wires from components, remove it: " + names(others));
    }
    if (!now.missing().isEmpty()) {
      reasons.add("components not there: " + names(now.missing()));
    }
    List<String> waiting =
        now.waiting().stream()
            .filter(edge -> !now.missing().contains(edge.emitter()))
            .filter(edge -> !now.missing().contains(edge.receiver()))
            .map(Edge::toString)
            .toList();
    if (!waiting.isEmpty()) {
      reasons.add("wires not made: " + names(waiting));
    }
    TreeSet<String> troubled = new TreeSet<>();
    for (LiveWire wire : all) {
      if (!wire.traffic().trouble().isEmpty()) {
        troubled.add(
            wire.receiverName()
                + " "
                + wire.traffic().trouble()
                + (wire.lane().isAside() ? "; it has a strand of its own now" : ""));
      }
    }
    reasons.addAll(troubled);
    return reasons;
  }

  private static String names(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }

  private static Map<String, Object> figures(GraphWires.Status now, List<LiveWire> all) {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("components", now.components());
    figures.put("components.missing", now.missing().size());
    figures.put("wires", all.size());
    figures.put("wires.connected", all.stream().filter(LiveWire::isConnected).count());
    figures.put(
        "components.aside",
        all.stream()
            .filter(wire -> wire.lane().isAside())
            .map(LiveWire::consumerPid)
            .distinct()
            .count());
    figures.put("envelopes.dropped", dropped(all));
    figures.put("wires.missing", now.waiting().size());
    figures.put(
        "envelopes.delivered", all.stream().mapToLong(wire -> wire.traffic().deliveries()).sum());
    figures.put(
        "envelopes.failed", all.stream().mapToLong(wire -> wire.traffic().failures()).sum());
    return figures;
  }

  private static long dropped(List<LiveWire> all) {
    return all.stream().map(LiveWire::lane).distinct().mapToLong(Lane::dropped).sum();
  }
}
