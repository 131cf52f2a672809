package org.penstock.flow.wires;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.wireadmin.WireAdmin;

/** All graphs by name, over one WireAdmin. Any thread may call. */
@Component(service = Flows.class)
public final class Flows {

  /** The graph of Kura's WireGraphService. */
  static final String MAIN = "main";

  /** Property of wires: the graph that they belong to; none for the main one. */
  static final String GRAPH = "penstock.graph";

  private final WireAdminService admin;
  private final List<GraphHost> hosts = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public Flows(@Reference WireAdminService admin) {
    this.admin = admin;
  }

  WireAdmin admin() {
    return admin;
  }

  Wiring wiring() {
    return admin.wiring();
  }

  void add(GraphHost host) {
    hosts.add(host);
  }

  void remove(GraphHost host) {
    hosts.remove(host);
  }

  List<GraphHost> all() {
    return List.copyOf(hosts);
  }

  Optional<GraphHost> find(String name) {
    return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
  }

  /** Wires of a graph; those that no graph made count to the main one. */
  List<LiveWire> wires(String name) {
    return admin.all().stream().filter(wire -> name.equals(graphOf(wire))).toList();
  }

  private static String graphOf(LiveWire wire) {
    return wire.map().getOrDefault(GRAPH, MAIN).toString();
  }

  /** The plans of all graphs but one. */
  Map<String, Graph> others(String name) {
    Map<String, Graph> others = new LinkedHashMap<>();
    hosts.stream()
        .filter(host -> !host.name().equals(name))
        .forEach(host -> others.put(host.name(), host.plan()));
    return others;
  }
}
