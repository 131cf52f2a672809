package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;

/** Turns graphs into Kura's configuration objects and back. */
final class GraphForms {

  private static final String INPUTS = "inputPortCount";
  private static final String OUTPUTS = "outputPortCount";
  private static final String X = "position.x";
  private static final String Y = "position.y";
  private static final String INPUT_NAMES = "inputPortNames.";
  private static final String OUTPUT_NAMES = "outputPortNames.";

  private GraphForms() {}

  /**
   * The graph that is asked for.
   *
   * @throws KuraException BAD_REQUEST, with what is wrong where
   */
  static Graph graph(WireGraphConfiguration asked) throws KuraException {
    if (asked == null) {
      throw refused("no graph is given");
    }
    List<Node> nodes = new ArrayList<>();
    for (WireComponentConfiguration one : asked.getWireComponentConfigurations()) {
      nodes.add(node(one));
    }
    Set<Edge> edges = new HashSet<>();
    List<Edge> ordered = new ArrayList<>();
    for (MultiportWireConfiguration wire : asked.getWireConfigurations()) {
      // the class has no setter for the receiver: some callers have only the other field
      String receiver = wire.getReceiverPid() == null ? wire.getFilter() : wire.getReceiverPid();
      if (wire.getEmitterPid() == null || receiver == null) {
        throw refused("a wire has no emitter or no receiver");
      }
      Edge edge =
          new Edge(wire.getEmitterPid(), wire.getEmitterPort(), receiver, wire.getReceiverPort());
      if (edges.add(edge)) {
        ordered.add(edge);
      }
    }
    Graph graph = new Graph(nodes, ordered);
    String flaw = graph.flaw().orElse("");
    if (!flaw.isEmpty()) {
      throw refused(flaw);
    }
    return graph;
  }

  static KuraException refused(String why) {
    return new KuraException(KuraErrorCode.BAD_REQUEST, "wire graph refused: " + why);
  }

  private static Node node(WireComponentConfiguration one) throws KuraException {
    ComponentConfiguration configuration = one == null ? null : one.getConfiguration();
    if (configuration == null || configuration.getPid() == null) {
      throw refused("a component has no pid");
    }
    String pid = configuration.getPid();
    Map<String, Object> properties = one.getProperties() == null ? Map.of() : one.getProperties();
    return new Node(
        pid,
        count(pid, properties, INPUTS),
        count(pid, properties, OUTPUTS),
        position(properties, X),
        position(properties, Y),
        names(properties, INPUT_NAMES),
        names(properties, OUTPUT_NAMES));
  }

  private static int count(String pid, Map<String, Object> properties, String key)
      throws KuraException {
    if (properties.get(key) instanceof Integer count) {
      return count;
    }
    throw refused(
        "component " + pid + ": " + key + " must be an Integer, is " + properties.get(key));
  }

  private static float position(Map<String, Object> properties, String key) {
    return properties.get(key) instanceof Number number && Float.isFinite(number.floatValue())
        ? number.floatValue()
        : 0;
  }

  private static Map<Integer, String> names(Map<String, Object> properties, String prefix) {
    Map<Integer, String> names = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && value instanceof String name) {
            String port = key.substring(prefix.length());
            if (port.matches("\\d{1,4}")) {
              names.put(Integer.valueOf(port), name);
            }
          }
        });
    return names;
  }

  /** What the graph says about a component, as Kura's in-memory properties. */
  static Map<String, Object> properties(Node node) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(INPUTS, node.inputs());
    properties.put(OUTPUTS, node.outputs());
    properties.put(X, node.x());
    properties.put(Y, node.y());
    node.inputNames().forEach((port, name) -> properties.put(INPUT_NAMES + port, name));
    node.outputNames().forEach((port, name) -> properties.put(OUTPUT_NAMES + port, name));
    return properties;
  }

  static MultiportWireConfiguration wire(Edge edge) {
    return new MultiportWireConfiguration(
        edge.emitter(), edge.receiver(), edge.emitterPort(), edge.receiverPort());
  }
}
