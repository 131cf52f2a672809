package org.penstock.flow.wires;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Components and wires as they should be. Unchangeable. */
record Graph(List<Node> nodes, List<Edge> edges) {

  static final Graph EMPTY = new Graph(List.of(), List.of());

  Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(new LinkedHashSet<>(edges));
  }

  Optional<Node> node(String pid) {
    return nodes.stream().filter(node -> node.pid().equals(pid)).findFirst();
  }

  /** Pids of all components, those too that only wires name. */
  Set<String> pids() {
    Set<String> pids = new LinkedHashSet<>();
    nodes.forEach(node -> pids.add(node.pid()));
    edges.forEach(
        edge -> {
          pids.add(edge.emitter());
          pids.add(edge.receiver());
        });
    return pids;
  }

  /** What forbids the graph, in words with the place; empty when nothing does. */
  Optional<String> flaw() {
    Set<String> seen = new HashSet<>();
    for (Node node : nodes) {
      if (!seen.add(node.pid())) {
        return Optional.of("component " + node.pid() + " stands twice in the graph");
      }
      if (node.inputs() < 0 || node.outputs() < 0) {
        return Optional.of("component " + node.pid() + " has a negative number of ports");
      }
    }
    for (Edge edge : edges) {
      Optional<String> flaw =
          end(edge, edge.emitter(), edge.emitterPort(), true)
              .or(() -> end(edge, edge.receiver(), edge.receiverPort(), false));
      if (flaw.isPresent()) {
        return flaw;
      }
    }
    return cycleFlaw();
  }

  private Optional<String> end(Edge edge, String pid, int port, boolean emitter) {
    Optional<Node> node = node(pid);
    if (node.isEmpty()) {
      return Optional.of("wire " + edge + ": the graph has no component " + pid);
    }
    int ports = emitter ? node.get().outputs() : node.get().inputs();
    return port >= 0 && port < ports
        ? Optional.empty()
        : Optional.of(
            "wire %s: %s has %d %s ports, numbered from 0"
                .formatted(edge, pid, ports, emitter ? "output" : "input"));
  }

  /** What to say about a circle; empty when there is none. */
  Optional<String> cycleFlaw() {
    return cycle()
        .map(
            path ->
                "the wires make a circle: "
                    + String.join(" -> ", path)
                    + "; envelopes would run for ever, remove one of these wires");
  }

  /** The pids of one circle, the first again at the end. */
  Optional<List<String>> cycle() {
    Map<String, Set<String>> next = next();
    Set<String> done = new HashSet<>();
    for (String start : next.keySet()) {
      Optional<List<String>> found = circleFrom(start, next, done);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Walks without recursion, so that no graph is too deep. */
  private static Optional<List<String>> circleFrom(
      String start, Map<String, Set<String>> next, Set<String> done) {
    Deque<String> path = new ArrayDeque<>();
    Set<String> onPath = new HashSet<>();
    Map<String, Deque<String>> open = new HashMap<>();
    path.addLast(start);
    while (!path.isEmpty()) {
      String here = path.peekLast();
      onPath.add(here);
      Deque<String> left =
          open.computeIfAbsent(here, pid -> new ArrayDeque<>(next.getOrDefault(pid, Set.of())));
      String there = left.poll();
      if (there == null) {
        done.add(here);
        onPath.remove(path.pollLast());
      } else if (onPath.contains(there)) {
        List<String> circle = new ArrayList<>(path);
        circle = new ArrayList<>(circle.subList(circle.indexOf(there), circle.size()));
        circle.add(there);
        return Optional.of(circle);
      } else if (!done.contains(there)) {
        path.addLast(there);
      }
    }
    return Optional.empty();
  }

  /** The pids that a pid sends to. */
  private Map<String, Set<String>> next() {
    Map<String, Set<String>> next = new LinkedHashMap<>();
    for (Edge edge : edges) {
      next.computeIfAbsent(edge.emitter(), pid -> new LinkedHashSet<>()).add(edge.receiver());
    }
    return next;
  }

  /** All pids that envelopes of the pid can reach, with itself. */
  Set<String> reachable(String pid) {
    Map<String, Set<String>> next = next();
    Set<String> found = new LinkedHashSet<>(Set.of(pid));
    Deque<String> todo = new ArrayDeque<>(Set.of(pid));
    while (!todo.isEmpty()) {
      for (String there : next.getOrDefault(todo.poll(), Set.of())) {
        if (found.add(there)) {
          todo.add(there);
        }
      }
    }
    return found;
  }

  /** The wires, those first that envelopes reach last: no envelope goes where no way leads on. */
  List<Edge> downstreamFirst() {
    Map<String, Integer> behind = new HashMap<>();
    edges.forEach(edge -> behind.computeIfAbsent(edge.receiver(), pid -> reachable(pid).size()));
    List<Edge> ordered = new ArrayList<>(edges);
    ordered.sort(java.util.Comparator.comparing(edge -> behind.get(edge.receiver())));
    return ordered;
  }
}
