package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.Constants;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;

/**
 * One change from a graph to another, planned and checked before anything is done. Components are
 * made before others are deleted, so that a graph that cannot be made leaves the old one as it was.
 */
final class GraphChange {

  private static final String FACTORY_PID = Factories.FACTORY_PID;
  private static final String ASSET = "org.eclipse.kura.wire.WireAsset";

  /** Between a channel's name and a property's. */
  private static final String CHANNEL = "#";

  private record Making(String factoryPid, Map<String, Object> properties) {}

  /** How far what is given counts for components that are there. */
  enum Given {
    /** Over what they have. */
    MERGED,
    /** Assets have what is given alone: channels that are not given are gone. */
    ASSETS_ANEW
  }

  private final ConfigurationService configurations;
  private final Factories factories;
  private final Graph before;
  private final Graph after;
  private final Given meaning;
  private final Map<String, Making> create = new LinkedHashMap<>();
  private final Map<String, Making> replace = new LinkedHashMap<>();
  private final List<ComponentConfiguration> update = new ArrayList<>();
  private final List<String> delete = new ArrayList<>();

  /**
   * Plans.
   *
   * @throws KuraException BAD_REQUEST when the graph cannot be; nothing is changed
   */
  GraphChange(
      ConfigurationService configurations,
      Factories factories,
      Graph before,
      WireGraphConfiguration asked,
      Given meaning)
      throws KuraException {
    this.configurations = configurations;
    this.factories = factories;
    this.before = before;
    this.meaning = meaning;
    this.after = GraphForms.graph(asked);
    for (WireComponentConfiguration one : asked.getWireComponentConfigurations()) {
      plan(one.getConfiguration());
    }
    for (Node node : before.nodes()) {
      if (after.node(node.pid()).isEmpty()
          && !isAsset(node.pid())
          && !factories.isSingleton(node.pid())) {
        delete.add(node.pid());
      }
    }
  }

  Graph after() {
    return after;
  }

  private void plan(ComponentConfiguration asked) throws KuraException {
    String pid = asked.getPid();
    Node node = after.node(pid).orElseThrow();
    Map<String, Object> given = new HashMap<>();
    if (asked.getConfigurationProperties() != null) {
      given.putAll(asked.getConfigurationProperties());
    }
    Object factory = given.get(FACTORY_PID);
    boolean active = factories.isActive(pid);
    Optional<String> running = factories.of(pid, before.node(pid).isPresent());
    if (running.isEmpty() && !(factory instanceof String)) {
      throw GraphForms.refused(
          "component " + pid + " is not there and has no " + FACTORY_PID + " to make it");
    }
    if (running.isPresent() && running.get().isEmpty() && factory instanceof String) {
      throw GraphForms.refused(
          "component " + pid + " is not of a factory, it cannot be made of " + factory);
    }
    boolean other = factory instanceof String && !factory.equals(running.orElse(""));
    if (running.isEmpty() || other) {
      withPorts(given, node);
      Making making = new Making((String) factory, given);
      (running.isEmpty() ? create : replace).put(pid, making);
      return;
    }
    given.remove(FACTORY_PID);
    if (given.isEmpty()) {
      return; // nothing given changes nothing, also for components that define themselves
    }
    if (active && meaning == Given.ASSETS_ANEW && loses(pid, running.get(), given)) {
      withPorts(given, node);
      replace.put(pid, new Making(ASSET, given));
      return;
    }
    if (portsChange(node) || !active) {
      withPorts(given, node);
    }
    if (!active && !running.get().isEmpty()) {
      given.put(FACTORY_PID, running.get()); // makes it if somebody deleted it meanwhile
    }
    update.add(new ComponentConfigurationImpl(pid, null, given));
  }

  /** It is an asset, and has what is not given any more: that goes only with the whole. */
  private boolean loses(String pid, String factory, Map<String, Object> given)
      throws KuraException {
    return ASSET.equals(factory)
        && factories.properties(pid).keySet().stream()
            .anyMatch(key -> key.contains(CHANNEL) && !given.containsKey(key));
  }

  private boolean portsChange(Node node) {
    return before
        .node(node.pid())
        .filter(old -> old.inputs() != node.inputs() || old.outputs() != node.outputs())
        .isPresent();
  }

  private static void withPorts(Map<String, Object> properties, Node node) {
    properties.put(Constants.RECEIVER_PORT_COUNT_PROP_NAME.value(), node.inputs());
    properties.put(Constants.EMITTER_PORT_COUNT_PROP_NAME.value(), node.outputs());
  }

  private boolean isAsset(String pid) throws KuraException {
    return factories.of(pid, true).filter(ASSET::equals).isPresent();
  }

  /**
   * A component belongs to one graph, assets to any number; all graphs together have no circle.
   *
   * @throws KuraException BAD_REQUEST; nothing is changed
   */
  void refuseShared(Map<String, Graph> others) throws KuraException {
    List<Node> nodes = new ArrayList<>(after.nodes());
    List<Edge> edges = new ArrayList<>(after.edges());
    for (Map.Entry<String, Graph> other : others.entrySet()) {
      for (Node node : after.nodes()) {
        if (other.getValue().node(node.pid()).isPresent() && !isAsset(node.pid())) {
          throw GraphForms.refused(
              "component " + node.pid() + " belongs to the graph " + other.getKey());
        }
      }
      nodes.addAll(other.getValue().nodes());
      edges.addAll(other.getValue().edges());
    }
    String circle = new Graph(nodes, edges).cycleFlaw().orElse("");
    if (!circle.isEmpty()) {
      throw GraphForms.refused("with the other graphs " + circle);
    }
  }

  /**
   * Makes the new components.
   *
   * @throws KuraException when one cannot be made; those made before are deleted again
   */
  void create() throws KuraException {
    List<String> made = new ArrayList<>();
    boolean done = false;
    try {
      for (Map.Entry<String, Making> one : create.entrySet()) {
        make(one.getKey(), one.getValue());
        made.add(one.getKey());
      }
      done = true;
    } finally {
      if (!done) {
        for (String pid : made) {
          configurations.deleteFactoryConfiguration(pid, false);
        }
      }
    }
  }

  private void make(String pid, Making making) throws KuraException {
    configurations.createFactoryConfiguration(making.factoryPid(), pid, making.properties(), false);
  }

  /**
   * Deletes the components that left, makes those anew that have another factory.
   *
   * @param departure waits until components that were deleted are gone: until then their pids are
   *     taken
   */
  void deleteAndReplace(Consumer<Collection<String>> departure) throws KuraException {
    List<String> leaving = new ArrayList<>(delete);
    leaving.addAll(replace.keySet());
    Map<String, Making> former = new HashMap<>();
    for (String pid : replace.keySet()) {
      String factory = factories.of(pid, true).orElse("");
      if (!factory.isEmpty() && factories.isActive(pid)) {
        former.put(pid, new Making(factory, factories.properties(pid)));
      }
    }
    for (String pid : leaving) {
      factories.delete(pid);
    }
    departure.accept(leaving);
    for (Map.Entry<String, Making> one : replace.entrySet()) {
      remake(one.getKey(), one.getValue(), former.get(one.getKey()));
    }
  }

  /** What cannot be made again stays what it was. */
  private void remake(String pid, Making making, Making former) throws KuraException {
    boolean made = false;
    try {
      make(pid, making);
      made = true;
    } finally {
      if (!made && former != null) {
        make(pid, former);
      }
    }
  }

  /** Updates those that stay. */
  void update() throws KuraException {
    if (!update.isEmpty()) {
      configurations.updateConfigurations(update, false);
    }
  }
}
