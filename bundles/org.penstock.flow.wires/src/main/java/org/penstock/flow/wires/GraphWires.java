package org.penstock.flow.wires;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.kura.wire.graph.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;

/**
 * Keeps the wires of WireAdmin as the graph wants them. A wire is made when both ends are there; for
 * a while after a graph came it also waits for all that its envelopes go on to, so that the first
 * ones are not lost half way. Any thread may call.
 */
final class GraphWires {

  private static final String EMITTER = Constants.EMITTER_KURA_SERVICE_PID_PROP_NAME.value();
  private static final String RECEIVER = Constants.RECEIVER_KURA_SERVICE_PID_PROP_NAME.value();
  private static final String EMITTER_PORT = Constants.WIRE_EMITTER_PORT_PROP_NAME.value();
  private static final String RECEIVER_PORT = Constants.WIRE_RECEIVER_PORT_PROP_NAME.value();
  private static final String OURS =
      "(&(%s=*)(%s=*)(%s=*)(%s=*))".formatted(EMITTER, RECEIVER, EMITTER_PORT, RECEIVER_PORT);

  /**
   * How it stands.
   *
   * @param gathering components may still be on their way
   * @param missing components that are not there
   * @param waiting wires that are not made
   */
  record Status(boolean gathering, int components, List<String> missing, List<Edge> waiting) {}

  private record Target(Edge edge, String producer, String consumer) {}

  /** What changes, under this object's lock. */
  private static final class State {
    private Graph graph = Graph.EMPTY;
    private boolean gathering;
    private long generation;
  }

  private final WireAdmin admin;
  private final String name;
  private final State state = new State();
  private final Map<String, List<String>> there = new HashMap<>();

  GraphWires(WireAdmin admin) {
    this(admin, Flows.MAIN);
  }

  /**
   * @param name of the graph
   */
  GraphWires(WireAdmin admin, String name) {
    this.admin = admin;
    this.name = name;
  }

  /** The service pid of a component that is there. */
  synchronized Optional<String> find(String pid) {
    return there.containsKey(pid) ? Optional.of(servicePid(pid)) : Optional.empty();
  }

  /**
   * Wants other wires.
   *
   * @return to be given to {@link #settle} when components had time enough to come
   */
  synchronized long use(Graph graph) {
    state.graph = graph;
    state.gathering = true;
    state.generation++;
    reconcile();
    return state.generation;
  }

  synchronized Graph graph() {
    return state.graph;
  }

  /** Wires need not wait any longer for what lies behind them. */
  synchronized void settle(long generation) {
    if (state.generation == generation && state.gathering) {
      state.gathering = false;
      reconcile();
    }
  }

  /** A component is there; of several with one pid the last counts. */
  synchronized void came(String pid, String servicePid) {
    there.computeIfAbsent(pid, key -> new ArrayList<>()).add(servicePid);
    reconcile();
    notifyAll();
  }

  /** A component is gone; its wires stay, and carry again when it comes back as the same service. */
  synchronized void went(String pid, String servicePid) {
    List<String> left = there.getOrDefault(pid, new ArrayList<>());
    left.remove(servicePid);
    if (left.isEmpty()) {
      there.remove(pid);
    }
    reconcile();
    notifyAll();
  }

  /** Waits until a component comes or goes, or the time is over. */
  synchronized void awaitChange(Duration most) throws InterruptedException {
    wait(most.toMillis());
  }

  synchronized Status status() {
    Set<String> pids = state.graph.pids();
    List<String> missing = pids.stream().filter(pid -> !there.containsKey(pid)).sorted().toList();
    Set<Edge> made = new HashSet<>();
    ours().forEach(wire -> made.add(edge(wire)));
    List<Edge> waiting = state.graph.edges().stream().filter(edge -> !made.contains(edge)).toList();
    return new Status(state.gathering, pids.size(), missing, waiting);
  }

  private void reconcile() {
    Set<Target> wanted = new HashSet<>();
    List<Target> ordered = new ArrayList<>();
    for (Edge edge : state.graph.downstreamFirst()) {
      if (there.containsKey(edge.emitter()) && wayOn(edge.receiver())) {
        Target target = new Target(edge, servicePid(edge.emitter()), servicePid(edge.receiver()));
        wanted.add(target);
        ordered.add(target);
      }
    }
    Set<Edge> edges = Set.copyOf(state.graph.edges());
    Set<Target> made = new HashSet<>();
    for (Wire wire : ours()) {
      Target target = target(wire);
      boolean outdated =
          !edges.contains(target.edge())
              || outdated(target.edge().emitter(), target.producer())
              || outdated(target.edge().receiver(), target.consumer())
              || !made.add(target);
      if (outdated) {
        admin.deleteWire(wire);
      }
    }
    for (Target target : ordered) {
      if (!made.contains(target)) {
        admin.createWire(target.producer(), target.consumer(), properties(target.edge()));
      }
    }
    if (there.keySet().containsAll(state.graph.pids())) {
      state.gathering = false;
    }
  }

  private boolean wayOn(String receiver) {
    return state.gathering
        ? there.keySet().containsAll(state.graph.reachable(receiver))
        : there.containsKey(receiver);
  }

  private boolean outdated(String pid, String servicePid) {
    return there.containsKey(pid) && !servicePid(pid).equals(servicePid);
  }

  private String servicePid(String pid) {
    List<String> pids = there.get(pid);
    return pids.get(pids.size() - 1);
  }

  private List<Wire> ours() {
    try {
      Wire[] wires = admin.getWires(OURS);
      return wires == null ? List.of() : Stream.of(wires).filter(this::isOurs).toList();
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible); // the filter is constant
    }
  }

  private boolean isOurs(Wire wire) {
    Object graph = properties(wire).get(Flows.GRAPH);
    return name.equals(graph == null ? Flows.MAIN : graph);
  }

  private static Target target(Wire wire) {
    Dictionary<String, Object> properties = properties(wire);
    return new Target(
        edge(wire),
        (String) properties.get("wireadmin.producer.pid"),
        (String) properties.get("wireadmin.consumer.pid"));
  }

  private static Edge edge(Wire wire) {
    Dictionary<String, Object> properties = properties(wire);
    return new Edge(
        String.valueOf(properties.get(EMITTER)),
        port(properties.get(EMITTER_PORT)),
        String.valueOf(properties.get(RECEIVER)),
        port(properties.get(RECEIVER_PORT)));
  }

  @SuppressWarnings("unchecked")
  private static Dictionary<String, Object> properties(Wire wire) {
    return (Dictionary<String, Object>) wire.getProperties();
  }

  private static int port(Object value) {
    return value instanceof Integer number ? number : -1;
  }

  private Dictionary<String, Object> properties(Edge edge) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(EMITTER, edge.emitter());
    properties.put(RECEIVER, edge.receiver());
    properties.put(EMITTER_PORT, edge.emitterPort());
    properties.put(RECEIVER_PORT, edge.receiverPort());
    if (!name.equals(Flows.MAIN)) {
      properties.put(Flows.GRAPH, name);
    }
    return properties;
  }
}
