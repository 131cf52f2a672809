package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.penstock.flow.wires.testkit.ManualStrands;

/** A graph with its wires and the configurations it makes, in memory. */
abstract class GraphFixture {

  final List<String> rivals = new ArrayList<>();
  final Wiring wiring = new Wiring(Runnable::run, new WireNews(Runnable::run, () -> null));
  final GraphWires wires = new GraphWires(wiring);
  final Map<String, Graph> others = new java.util.HashMap<>();
  final GraphState state =
      new GraphState("flow/wires/graph", wires::status, wiring::all, () -> rivals);
  final FakeConfigurations configurations = new FakeConfigurations(wires);
  final ManualStrands strands = new ManualStrands();
  final WireGraph graph =
      new WireGraph(
          WireGraphConfig.PID,
          configurations,
          wires,
          state,
          strands.open("flow/wires/graph"),
          () -> others);

  static WireComponentConfiguration component(
      String pid, String factory, int in, int out, Object... more) {
    Map<String, Object> configuration = new HashMap<>();
    if (!factory.isEmpty()) {
      configuration.put("service.factoryPid", factory);
    }
    for (int i = 0; i < more.length; i += 2) {
      configuration.put((String) more[i], more[i + 1]);
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("inputPortCount", in);
    properties.put("outputPortCount", out);
    properties.put("position.x", 1.5f);
    return new WireComponentConfiguration(
        new ComponentConfigurationImpl(pid, null, configuration), properties);
  }

  static WireGraphConfiguration graph(
      List<WireComponentConfiguration> components, MultiportWireConfiguration... wires) {
    return new WireGraphConfiguration(new ArrayList<>(components), List.of(wires));
  }

  static MultiportWireConfiguration wire(String from, String to) {
    return new MultiportWireConfiguration(from, to, 0, 0);
  }

  Set<String> made() {
    Set<String> found = new TreeSet<>();
    wiring.all().forEach(wire -> found.add(wire.emitterName() + ">" + wire.receiverName()));
    return found;
  }

  WireGraphConfiguration timerAndLog() {
    return graph(
        List.of(component("timer", "Timer", 0, 1), component("log", "Logger", 1, 0)),
        wire("timer", "log"));
  }
}
