package org.penstock.flow.wires;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.WireComponent;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.wireadmin.WireAdmin;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.health.HealthSource;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** One graph with what it needs of OSGi. Any thread may call. */
final class GraphHost implements ServiceTrackerCustomizer<WireComponent, String[]>, AutoCloseable {

  private final String name;
  private final Flows flows;
  private final Strand strand;
  private final GraphWires wires;
  private final WireGraph graph;
  private final ServiceTracker<WireComponent, String[]> components;
  private final ServiceRegistration<HealthSource> health;

  /**
   * @param name of the graph
   * @param pid of the configuration that holds it
   */
  GraphHost(
      String name,
      String pid,
      ConfigurationService configurations,
      Flows flows,
      Strands strands,
      BundleContext context,
      Map<String, Object> properties) {
    this.name = name;
    this.flows = flows;
    String source = name.equals(Flows.MAIN) ? "flow/wires/graph" : "flow/wires/graph/" + name;
    this.strand = strands.open(source);
    this.wires = new GraphWires(flows.admin(), name);
    GraphState state =
        new GraphState(source, wires::status, () -> flows.wires(name), () -> rivals(context));
    this.graph = new WireGraph(pid, configurations, wires, state, strand, () -> flows.others(name));
    this.components = new ServiceTracker<>(context, WireComponent.class, this);
    configured(properties);
    components.open();
    this.health = context.registerService(HealthSource.class, state, null);
    flows.add(this);
  }

  private static List<String> rivals(BundleContext context) {
    try {
      return context.getServiceReferences(WireAdmin.class, null).stream()
          .map(ServiceReference::getBundle)
          .filter(bundle -> bundle != null && !bundle.equals(context.getBundle()))
          .map(Bundle::getSymbolicName)
          .toList();
    } catch (InvalidSyntaxException impossible) {
      return List.of(); // there is no filter
    }
  }

  void configured(Map<String, Object> properties) {
    Object json = properties.get(WireGraphConfig.GRAPH);
    graph.configured(json == null ? "" : json.toString());
  }

  String name() {
    return name;
  }

  WireGraph graph() {
    return graph;
  }

  Graph plan() {
    return wires.graph();
  }

  GraphWires.Status status() {
    return wires.status();
  }

  /** The service pid of a component that is there. */
  Optional<String> servicePid(String pid) {
    return wires.find(pid);
  }

  @Override
  public void close() {
    flows.remove(this);
    health.unregister();
    components.close();
    strand.close();
    wires.use(Graph.EMPTY);
  }

  /** The component itself is not fetched: that may wait for its activation. */
  @Override
  public String[] addingService(ServiceReference<WireComponent> reference) {
    if (reference.getProperty(ConfigurationService.KURA_SERVICE_PID) instanceof String pid
        && reference.getProperty(Constants.SERVICE_PID) instanceof String servicePid) {
      wires.came(pid, servicePid);
      return new String[] {pid, servicePid};
    }
    return null;
  }

  @Override
  public void modifiedService(ServiceReference<WireComponent> reference, String[] pids) {
    // its pids stay
  }

  @Override
  public void removedService(ServiceReference<WireComponent> reference, String[] pids) {
    wires.went(pids[0], pids[1]);
  }
}
