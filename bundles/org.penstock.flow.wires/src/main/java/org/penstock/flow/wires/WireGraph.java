package org.penstock.flow.wires;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kura's WireGraphService without OSGi. One change at a time; any thread may call. */
final class WireGraph implements WireGraphService {

  /** Components have this long to come before wires are made without those behind them. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** Components that were deleted have this long to go. */
  private static final Duration DEPARTURE = Duration.ofSeconds(5);

  /** The configuration service may hear of a departure after us: look again after this time. */
  private static final Duration RECHECK = Duration.ofMillis(20);

  private static final Logger LOG = LoggerFactory.getLogger(WireGraph.class);
  private static final int REMEMBERED = 64;

  private final String pid;
  private final Supplier<Map<String, Graph>> others;
  private final ConfigurationService configurations;
  private final Factories factories;
  private final GraphWires wires;
  private final GraphState state;
  private final Strand strand;
  private final ReentrantLock changing = new ReentrantLock();
  private final Deque<String> stored = new ArrayDeque<>();

  /**
   * @param pid of the configuration that holds the graph
   * @param others plans of the other graphs, by name
   */
  WireGraph(
      String pid,
      ConfigurationService configurations,
      GraphWires wires,
      GraphState state,
      Strand strand,
      Supplier<Map<String, Graph>> others) {
    this.pid = pid;
    this.others = others;
    this.configurations = configurations;
    this.factories = new Factories(configurations);
    this.wires = wires;
    this.state = state;
    this.strand = strand;
  }

  /**
   * Takes the stored graph. One that cannot be used changes nothing, and shows on the health page.
   * What this service has stored itself is in use already.
   */
  void configured(String json) {
    changing.lock();
    try {
      if (stored.contains(json)) {
        while (!stored.poll().equals(json)) {
          continue;
        }
        return;
      }
      Graph graph = GraphJson.read(json);
      String circle = graph.cycleFlaw().orElse("");
      if (!circle.isEmpty()) {
        throw new IllegalArgumentException(circle);
      }
      state.refused("");
      if (!graph.equals(wires.graph())) {
        use(graph);
      }
    } catch (IllegalArgumentException unusable) {
      String reason =
          "%s of %s cannot be used: %s; the graph before stays in use"
              .formatted(WireGraphConfig.GRAPH, pid, unusable.getMessage());
      state.refused(reason);
      LOG.error(reason);
    } finally {
      changing.unlock();
    }
  }

  private void use(Graph graph) {
    long generation = wires.use(graph);
    strand.after(GRACE, () -> wires.settle(generation));
  }

  @Override
  public void update(WireGraphConfiguration asked) throws KuraException {
    change(asked, GraphChange.Given.MERGED);
  }

  /**
   * Like {@link #update}, but an asset has afterwards only the channels that are given: so does Kura's
   * REST interface.
   */
  void put(WireGraphConfiguration asked) throws KuraException {
    change(asked, GraphChange.Given.ASSETS_ANEW);
  }

  private void change(WireGraphConfiguration asked, GraphChange.Given meaning)
      throws KuraException {
    changing.lock();
    try {
      GraphForms.graph(asked); // a bad one is refused before anything is waited for
      awaitDeparting(asked);
      GraphChange change =
          new GraphChange(configurations, factories, wires.graph(), asked, meaning);
      change.refuseShared(others.get());
      change.create();
      boolean updated = false;
      try {
        use(change.after());
        change.deleteAndReplace(this::awaitDeparture);
        change.update();
        updated = true;
      } finally {
        keep(change.after(), updated);
      }
    } finally {
      changing.unlock();
    }
  }

  /** Stores the graph and takes a snapshot; a failure before goes on to the caller, not this one's. */
  private void keep(Graph graph, boolean updated) throws KuraException {
    try {
      store(graph);
      configurations.snapshot();
    } catch (KuraException failure) {
      if (updated) {
        throw failure;
      }
      LOG.error("The wire graph is in use, but could not be stored: {}", failure.getMessage());
    }
  }

  private void store(Graph graph) throws KuraException {
    String json = GraphJson.write(graph);
    state.refused("");
    if (stored.size() == REMEMBERED) {
      stored.poll();
    }
    stored.add(json);
    boolean kept = false;
    try {
      Map<String, Object> properties = new HashMap<>();
      properties.put(WireGraphConfig.GRAPH, json);
      configurations.updateConfiguration(pid, properties, false);
      kept = true;
    } finally {
      if (!kept) {
        stored.removeLastOccurrence(json);
      }
    }
  }

  /**
   * A component that is there without a factory, while one is asked for, may be one whose deletion is
   * under way: its pid is free in a moment.
   */
  private void awaitDeparting(WireGraphConfiguration asked) throws KuraException {
    long end = System.nanoTime() + DEPARTURE.toNanos();
    for (WireComponentConfiguration one : asked.getWireComponentConfigurations()) {
      Map<String, Object> given = one.getConfiguration().getConfigurationProperties();
      String pid = one.getConfiguration().getPid();
      if (given != null && given.get(Factories.FACTORY_PID) instanceof String) {
        while (isWithoutFactory(pid)
            && System.nanoTime() < end
            && !Thread.currentThread().isInterrupted()) {
          pause();
        }
      }
    }
  }

  /** No factory has it, but it is not there under its own name either, as singletons are. */
  private boolean isWithoutFactory(String pid) throws KuraException {
    return factories.isSingleton(pid)
        && wires.find(pid).filter(service -> service.equals(pid)).isEmpty();
  }

  private void pause() {
    try {
      wires.awaitChange(RECHECK);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Configuration Admin deletes in a thread of its own, so that components go a little later. Their
   * wires go last: a new component of the same pid must not find those of the old one.
   */
  private void awaitDeparture(Collection<String> pids) {
    long end = System.nanoTime() + DEPARTURE.toNanos();
    try {
      while ((configurations.getConfigurableComponentPids().stream().anyMatch(pids::contains)
              || pids.stream().anyMatch(pid -> wires.find(pid).isPresent()))
          && System.nanoTime() < end) {
        wires.awaitChange(RECHECK);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void delete() throws KuraException {
    changing.lock();
    try {
      Graph before = wires.graph();
      use(Graph.EMPTY);
      List<String> leaving = new ArrayList<>();
      for (Node node : before.nodes()) {
        if (!factories.isSingleton(node.pid()) && !isShared(node.pid())) {
          factories.delete(node.pid());
          leaving.add(node.pid());
        }
      }
      awaitDeparture(leaving);
      store(Graph.EMPTY);
      configurations.snapshot();
    } finally {
      changing.unlock();
    }
  }

  /** Another graph has it, too. */
  private boolean isShared(String pid) {
    return others.get().values().stream().anyMatch(graph -> graph.node(pid).isPresent());
  }

  @Override
  public WireGraphConfiguration get() throws KuraException {
    Graph graph = wires.graph();
    List<WireComponentConfiguration> components = new ArrayList<>();
    for (Node node : graph.nodes()) {
      ComponentConfiguration live = configurations.getComponentConfiguration(node.pid());
      components.add(
          new WireComponentConfiguration(
              live == null
                  ? new ComponentConfigurationImpl(node.pid(), null, new HashMap<>())
                  : live,
              GraphForms.properties(node)));
    }
    List<MultiportWireConfiguration> edges = new ArrayList<>();
    graph.edges().forEach(edge -> edges.add(GraphForms.wire(edge)));
    return new WireGraphConfiguration(components, edges);
  }
}
