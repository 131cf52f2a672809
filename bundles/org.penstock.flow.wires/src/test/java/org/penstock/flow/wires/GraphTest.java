package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without this, graphs are misread, written otherwise than Kura's, or run in circles. */
class GraphTest {

  static final String KURA =
      """
      {"components":[{"pid":"timer","inputPortCount":0,"outputPortCount":1,\
      "renderingProperties":{"position":{"x":-300,"y":-20},"inputPortNames":{},\
      "outputPortNames":{"0":"name"}}},\
      {"pid":"log","inputPortCount":1,"outputPortCount":0,\
      "renderingProperties":{"position":{"x":0,"y":0},"inputPortNames":{},"outputPortNames":{}}}],\
      "wires":[{"emitter":"timer","emitterPort":0,"receiver":"log","receiverPort":0}]}""";

  @Test
  void kurasFormIsReadAndWrittenUnchanged() {
    Graph graph = GraphJson.read(KURA);
    assertEquals(
        List.of(
            new Node("timer", 0, 1, -300, -20, Map.of(), Map.of(0, "name")),
            new Node("log", 1, 0, 0, 0, Map.of(), Map.of())),
        graph.nodes());
    assertEquals(List.of(new Edge("timer", 0, "log", 0)), graph.edges());
    assertEquals(KURA, GraphJson.write(graph));
  }

  @Test
  void keyMatchingOnReadIsCaseInsensitive() {
    assertEquals(
        GraphJson.read(KURA),
        GraphJson.read(
            KURA.replace("Port", "PORT")
                .replace("\"pid\"", "\"PID\"")
                .replace("\"wires\"", "\"Wires\"")
                .replace("\"x\"", "\"X\"")));
  }

  @Test
  void entriesWithoutPidEmitterOrReceiverAreDropped() {
    Graph graph =
        GraphJson.read(
            """
            {"components":[{"inputPortCount":1},{"pid":"a"},{"pid":null},7],
             "wires":[{"emitter":"a"},{"receiver":"a"},{"emitter":"a","receiver":"b"}]}""");
    assertEquals(List.of("a"), graph.nodes().stream().map(Node::pid).toList());
    assertEquals(List.of(new Edge("a", 0, "b", 0)), graph.edges());
  }

  @Test
  void anEmptyTextIsAnEmptyGraph() {
    assertEquals(Graph.EMPTY, GraphJson.read(""));
    assertEquals(Graph.EMPTY, GraphJson.read("{\"components\":[],\"wires\":[]}"));
    assertEquals("{\"components\":[],\"wires\":[]}", GraphJson.write(Graph.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "7",
        "{\"components\":{}}",
        "{\"wires\":[{\"emitter\":\"a\",\"receiver\":\"b\",\"emitterPort\":\"x\"}]}",
        "{\"components\":[{\"pid\":\"a\",\"inputPortCount\":[]}]}"
      })
  void brokenTextIsRefusedInWords(String json) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> GraphJson.read(json));
    assertFalse(refused.getMessage().isBlank());
  }

  @Test
  void aCycleIsNamedByItsPath() {
    Graph graph =
        new Graph(
            List.of(),
            List.of(
                edge("t", "a"), edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "d")));
    assertTrue(graph.cycleFlaw().orElseThrow().contains("a -> b -> c -> a"));
    assertTrue(
        new Graph(List.of(), List.of(edge("a", "a"))).cycleFlaw().orElseThrow().contains("a -> a"));
  }

  @Test
  void whatIsWrongWithAWireIsSaidWithItsPlace() {
    List<Node> nodes = List.of(node("a", 0, 1), node("b", 1, 0));
    assertEquals(Optional.empty(), new Graph(nodes, List.of(edge("a", "b"))).flaw());
    assertTrue(new Graph(nodes, List.of(edge("a", "c"))).flaw().orElseThrow().contains("c"));
    assertTrue(
        new Graph(nodes, List.of(new Edge("a", 1, "b", 0)))
            .flaw()
            .orElseThrow()
            .contains("output"));
    assertTrue(
        new Graph(nodes, List.of(new Edge("a", 0, "b", -1)))
            .flaw()
            .orElseThrow()
            .contains("input"));
    assertTrue(
        new Graph(List.of(node("a", 0, 1), node("a", 0, 1)), List.of())
            .flaw()
            .orElseThrow()
            .contains("twice"));
  }

  @Test
  void randomGraphsHaveACycleExactlyWhenNoOrderFits() {
    Random random = new Random(7);
    int cyclic = 0;
    for (int round = 0; round < 2000; round++) {
      int size = 2 + random.nextInt(8);
      List<Edge> edges = new ArrayList<>();
      for (int i = random.nextInt(2 * size); i > 0; i--) {
        edges.add(edge("c" + random.nextInt(size), "c" + random.nextInt(size)));
      }
      Graph graph = new Graph(List.of(), edges);
      Optional<List<String>> circle = graph.cycle();
      assertEquals(!sortable(edges), circle.isPresent(), edges.toString());
      if (circle.isPresent()) {
        cyclic++;
        List<String> path = circle.get();
        assertEquals(path.get(0), path.get(path.size() - 1));
        for (int i = 1; i < path.size(); i++) {
          assertTrue(graph.edges().contains(edge(path.get(i - 1), path.get(i))), path.toString());
        }
      } else {
        assertDownstreamFirst(graph);
      }
    }
    assertTrue(cyclic > 200 && cyclic < 1800, cyclic + " of 2000 cyclic");
  }

  /** Otherwise first envelopes reach a component whose own wires are not made yet. */
  private static void assertDownstreamFirst(Graph graph) {
    List<Edge> ordered = graph.downstreamFirst();
    assertEquals(graph.edges().size(), ordered.size());
    for (int i = 0; i < ordered.size(); i++) {
      for (int j = i + 1; j < ordered.size(); j++) {
        assertFalse(
            ordered.get(i).receiver().equals(ordered.get(j).emitter()),
            ordered.get(i) + " before " + ordered.get(j));
      }
    }
  }

  /** Takes away what nothing leads to, as long as there is such. */
  private static boolean sortable(List<Edge> edges) {
    List<Edge> left = new ArrayList<>(edges);
    boolean shrunk = true;
    while (shrunk) {
      shrunk =
          left.removeIf(
              edge ->
                  edges.contains(edge)
                      && left.stream().noneMatch(o -> o.receiver().equals(edge.emitter())));
    }
    return left.isEmpty();
  }

  static Edge edge(String emitter, String receiver) {
    return new Edge(emitter, 0, receiver, 0);
  }

  static Node node(String pid, int in, int out) {
    return new Node(pid, in, out, 0, 0, Map.of(), Map.of());
  }
}
