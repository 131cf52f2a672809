package org.penstock.flow.wires;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Kura's text form of a graph. */
final class GraphJson {

  private static final String COMPONENTS = "components";
  private static final String WIRES = "wires";
  private static final String PID = "pid";
  private static final String INPUTS = "inputPortCount";
  private static final String OUTPUTS = "outputPortCount";
  private static final String RENDERING = "renderingProperties";
  private static final String POSITION = "position";
  private static final String INPUT_NAMES = "inputPortNames";
  private static final String OUTPUT_NAMES = "outputPortNames";
  private static final String EMITTER = "emitter";
  private static final String EMITTER_PORT = "emitterPort";
  private static final String RECEIVER = "receiver";
  private static final String RECEIVER_PORT = "receiverPort";

  private GraphJson() {}

  /**
   * Reads a graph. Keys match whatever their case; components without pid and wires without emitter
   * or receiver are left out.
   *
   * @throws IllegalArgumentException when it is none, with the reason
   */
  static Graph read(String text) {
    try {
      JsonElement root = JsonParser.parseString(text == null || text.isBlank() ? "{}" : text);
      if (!root.isJsonObject()) {
        throw new IllegalArgumentException("the graph must be a JSON object");
      }
      JsonObject graph = root.getAsJsonObject();
      List<Node> nodes = new ArrayList<>();
      for (JsonObject one : objects(graph, COMPONENTS)) {
        text(one, PID).ifPresent(pid -> nodes.add(node(pid, one)));
      }
      List<Edge> edges = new ArrayList<>();
      for (JsonObject one : objects(graph, WIRES)) {
        Optional<String> emitter = text(one, EMITTER);
        Optional<String> receiver = text(one, RECEIVER);
        if (emitter.isPresent() && receiver.isPresent()) {
          edges.add(
              new Edge(
                  emitter.get(),
                  number(one, EMITTER_PORT).intValue(),
                  receiver.get(),
                  number(one, RECEIVER_PORT).intValue()));
        }
      }
      return new Graph(nodes, edges);
    } catch (JsonParseException | NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          "no readable JSON: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Node node(String pid, JsonObject one) {
    JsonObject rendering = object(one, RENDERING);
    JsonObject position = object(rendering, POSITION);
    return new Node(
        pid,
        number(one, INPUTS).intValue(),
        number(one, OUTPUTS).intValue(),
        number(position, "x").floatValue(),
        number(position, "y").floatValue(),
        names(object(rendering, INPUT_NAMES)),
        names(object(rendering, OUTPUT_NAMES)));
  }

  private static Map<Integer, String> names(JsonObject names) {
    Map<Integer, String> byPort = new TreeMap<>();
    for (Map.Entry<String, JsonElement> name : names.entrySet()) {
      if (name.getKey().matches("\\d{1,4}") && name.getValue().isJsonPrimitive()) {
        byPort.put(Integer.valueOf(name.getKey()), name.getValue().getAsString());
      }
    }
    return byPort;
  }

  private static Optional<JsonElement> find(JsonObject in, String key) {
    return in.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(key) && !entry.getValue().isJsonNull())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static JsonObject object(JsonObject in, String key) {
    return find(in, key)
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .orElseGet(JsonObject::new);
  }

  private static List<JsonObject> objects(JsonObject in, String key) {
    List<JsonObject> objects = new ArrayList<>();
    Optional<JsonElement> list = find(in, key);
    if (list.isPresent() && !list.get().isJsonArray()) {
      throw new IllegalArgumentException(key + " must be a list");
    }
    for (JsonElement one : list.map(JsonElement::getAsJsonArray).orElseGet(JsonArray::new)) {
      if (one.isJsonObject()) {
        objects.add(one.getAsJsonObject());
      }
    }
    return objects;
  }

  private static Optional<String> text(JsonObject in, String key) {
    return find(in, key)
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .filter(text -> !text.isBlank());
  }

  private static Number number(JsonObject in, String key) {
    Optional<JsonElement> number = find(in, key);
    if (number.isEmpty()) {
      return 0;
    }
    if (!number.get().isJsonPrimitive()) {
      throw new IllegalArgumentException(key + " must be a number, is " + number.get());
    }
    return Double.valueOf(number.get().getAsString());
  }

  /** Writes a graph. */
  static String write(Graph graph) {
    JsonArray components = new JsonArray();
    graph.nodes().forEach(node -> components.add(write(node)));
    JsonArray wires = new JsonArray();
    for (Edge edge : graph.edges()) {
      JsonObject wire = new JsonObject();
      wire.addProperty(EMITTER, edge.emitter());
      wire.addProperty(EMITTER_PORT, edge.emitterPort());
      wire.addProperty(RECEIVER, edge.receiver());
      wire.addProperty(RECEIVER_PORT, edge.receiverPort());
      wires.add(wire);
    }
    JsonObject root = new JsonObject();
    root.add(COMPONENTS, components);
    root.add(WIRES, wires);
    return root.toString();
  }

  private static JsonObject write(Node node) {
    JsonObject position = new JsonObject();
    position.addProperty("x", plain(node.x()));
    position.addProperty("y", plain(node.y()));
    JsonObject rendering = new JsonObject();
    rendering.add(POSITION, position);
    rendering.add(INPUT_NAMES, write(node.inputNames()));
    rendering.add(OUTPUT_NAMES, write(node.outputNames()));
    JsonObject one = new JsonObject();
    one.addProperty(PID, node.pid());
    one.addProperty(INPUTS, node.inputs());
    one.addProperty(OUTPUTS, node.outputs());
    one.add(RENDERING, rendering);
    return one;
  }

  private static JsonObject write(Map<Integer, String> names) {
    JsonObject written = new JsonObject();
    new TreeMap<>(names).forEach((port, name) -> written.addProperty(port.toString(), name));
    return written;
  }

  /** Whole numbers without fraction, as Kura's console writes them. */
  private static Number plain(float number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }
}
