package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.storage.DurableStorage;
import org.penstock.core.configuration.StoredConfiguration;
import org.penstock.core.storage.CrashPoints;
import org.penstock.core.storage.RecordingDisk;
import org.penstock.flow.wires.testkit.ManualStrands;

/**
 * Every prefix of what is written while graphs are applied over one another. Without it a power cut could
 * leave half of one graph and half of another.
 */
class GraphCrashPointTest {

  private static final int GRAPHS = 5;
  private static final int MIXTURES = 8;
  private static final String[] FACTORIES = {"org.example.Timer", "org.example.Filter"};

  private static final String METATYPE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <MetaData xmlns="http://www.osgi.org/xmlns/metatype/v1.2.0">
        <OCD id="%1$s" name="Graph">
          <AD id="WireGraph" type="String" cardinality="0" required="false" default=""/>
        </OCD>
        <Designate pid="%1$s"><Object ocdref="%1$s"/></Designate>
        <OCD id="org.example.Timer" name="Timer">
          <AD id="version" type="Integer" cardinality="0" required="false" default="0"/>
        </OCD>
        <Designate pid="org.example.Timer" factoryPid="org.example.Timer">
          <Object ocdref="org.example.Timer"/>
        </Designate>
        <OCD id="org.example.Filter" name="Filter">
          <AD id="version" type="Integer" cardinality="0" required="false" default="0"/>
        </OCD>
        <Designate pid="org.example.Filter" factoryPid="org.example.Filter">
          <Object ocdref="org.example.Filter"/>
        </Designate>
      </MetaData>
      """
          .formatted(WireGraphConfig.PID);

  @TempDir Path folder;

  private static StoredConfiguration opened(Path home, DurableStorage storage, long now) {
    return new StoredConfiguration(home, storage, now, METATYPE);
  }

  /** Some components stay and change, some come, some go, one changes its factory. */
  private static WireGraphConfiguration graph(int version) {
    List<WireComponentConfiguration> components = new ArrayList<>();
    List<MultiportWireConfiguration> wires = new ArrayList<>();
    for (int i = 0; i <= 2 + version % 3; i++) {
      String factory = FACTORIES[i == 0 ? 0 : i == 1 ? version % 2 : 1];
      Map<String, Object> given = new HashMap<>();
      given.put("service.factoryPid", factory);
      given.put("version", version);
      components.add(
          new WireComponentConfiguration(
              new ComponentConfigurationImpl("c" + i, null, given),
              new HashMap<>(Map.of("inputPortCount", 1, "outputPortCount", 1))));
      if (i > 0) {
        wires.add(new MultiportWireConfiguration("c" + (i - 1), "c" + i, 0, 0));
      }
    }
    return new WireGraphConfiguration(components, wires);
  }

  /** Which graph a start from this state gives; it must be that one and nothing of another. */
  private static int started(Path state) throws Exception {
    StoredConfiguration found = opened(state, CrashPoints.quick(), 50_000);
    Object json =
        found.given(WireGraphConfig.PID).map(values -> values.get("WireGraph")).orElse("");
    Graph graph = GraphJson.read(String.valueOf(json == null ? "" : json));
    Set<String> nodes = new TreeSet<>();
    graph.nodes().forEach(node -> nodes.add(node.pid()));
    assertEquals(nodes, found.instances(), "the graph's components, and no others");
    Set<Object> versions = new TreeSet<>();
    for (String pid : nodes) {
      versions.add(found.given(pid).orElseThrow().get("version"));
    }
    assertTrue(versions.size() <= 1, "values of several graphs: " + versions);
    int version = versions.isEmpty() ? 0 : (Integer) versions.iterator().next();
    if (version > 0) {
      assertEquals(GraphForms.graph(graph(version)), graph);
    }
    return version;
  }

  @Test
  void everyPrefixOfApplyingGraphsStartsWithOneWholeGraph() throws Exception {
    Path live = Files.createDirectories(folder.resolve("live"));
    opened(live, CrashPoints.quick(), 500).service().snapshot();
    RecordingDisk disk = new RecordingDisk(live);
    StoredConfiguration configuration = opened(live, RecordingDisk.storage(disk), 1000);
    configuration.activate(WireGraphConfig.PID);
    Wiring wiring = new Wiring(Runnable::run, new WireNews(Runnable::run, () -> null));
    GraphWires wires = new GraphWires(wiring);
    GraphState state = new GraphState("flow/wires/graph", wires::status, wiring::all, List::of);
    WireGraph graph =
        new WireGraph(
            WireGraphConfig.PID,
            configuration.service(),
            wires,
            state,
            new ManualStrands().open("flow/wires/graph"),
            Map::of);
    for (int version = 1; version <= GRAPHS; version++) {
      graph.update(graph(version));
      disk.mark(version);
    }
    graph.delete();
    disk.mark(GRAPHS + 1);
    int points =
        CrashPoints.each(
            disk,
            folder.resolve("after"),
            MIXTURES,
            (crashed, known) -> {
              int last = known.isEmpty() ? 0 : (Integer) known.get(known.size() - 1);
              int found = started(crashed);
              int asNumber = found == 0 && last >= GRAPHS ? GRAPHS + 1 : found;
              assertTrue(
                  asNumber == last || asNumber == last + 1, "known " + last + ", found " + found);
            });
    assertTrue(points > 200, "crash points: " + points);
  }
}
