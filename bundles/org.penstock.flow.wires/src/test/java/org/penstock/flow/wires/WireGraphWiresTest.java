package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.wire.graph.MultiportWireConfiguration;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthState.Level;

/** Without this, wires are missing after a component came back, or nobody hears that they are. */
class WireGraphWiresTest extends GraphFixture {

  @Test
  void wiresAreMadeWhenBothEndsArePresentInAnyOrder() {
    graph.configured(GraphTest.KURA);
    wires.came("log", "l");
    assertEquals(Set.of(), made());
    wires.came("timer", "t");
    assertEquals(Set.of("timer>log"), made());
  }

  @Test
  void aReplacedComponentIsWiredAgainByItself() {
    graph.configured(GraphTest.KURA);
    wires.came("log", "l");
    wires.came("timer", "t");
    Wire before = wiring.all().get(0);
    wires.went("log", "l");
    wires.came("log", "l");
    assertEquals(List.of(before), wiring.all());
    wires.went("log", "l");
    wires.came("log", "l2");
    assertEquals("l2", wiring.all().get(0).getProperties().get("wireadmin.consumer.pid"));
    assertEquals(1, wiring.all().size());
  }

  @Test
  void atFirstAWireWaitsForTheWayOnThenNoLonger() {
    graph.configured(
        """
        {"components":[],"wires":[{"emitter":"t","receiver":"a"},{"emitter":"a","receiver":"p"}]}""");
    wires.came("t", "t1");
    wires.came("a", "a1");
    assertEquals(Set.of(), made());
    assertEquals(Level.STARTING, state.health().level());
    strands.advance(WireGraph.GRACE);
    assertEquals(Set.of("t>a"), made());
    assertEquals(Level.DEGRADED, state.health().level());
    assertTrue(state.health().reason().contains("p"), state.health().reason());
    wires.came("p", "p1");
    assertEquals(Set.of("t>a", "a>p"), made());
    assertEquals(Level.OK, state.health().level());
  }

  @Test
  void wiresThatAreNotKurasAreNotTouched() throws KuraException {
    Wire foreign = wiring.createWire("x", "y", new Hashtable<>(Map.of("emitter.port", 0)));
    graph.update(timerAndLog());
    graph.delete();
    assertEquals(List.of(foreign), wiring.all());
  }

  @Test
  void aStoredGraphThatCannotBeUsedLeavesTheOneBefore() {
    graph.configured(GraphTest.KURA);
    wires.came("log", "l");
    wires.came("timer", "t");
    for (String broken :
        List.of(
            "{",
            """
            {"wires":[{"emitter":"a","receiver":"b"},{"emitter":"b","receiver":"a"}]}""")) {
      graph.configured(broken);
      assertEquals(Set.of("timer>log"), made());
      assertEquals(Level.FAILED, state.health().level());
      assertTrue(state.health().reason().contains("WireGraph"), state.health().reason());
    }
    graph.configured(GraphTest.KURA);
    assertEquals(Level.OK, state.health().level());
  }

  @Test
  void whatTheServiceStoredItselfDoesNotComeBackOverANewerGraph() throws KuraException {
    graph.update(timerAndLog());
    String first = configurations.graph;
    graph.update(graph(List.of(component("timer", "Timer", 0, 1))));
    String second = configurations.graph;
    graph.configured(first);
    assertEquals(1, wires.graph().nodes().size());
    graph.configured(second);
    assertEquals(1, wires.graph().nodes().size());
    graph.configured(first);
    assertEquals(2, wires.graph().nodes().size());
  }

  @Test
  void anEmptyGraphHoldsNothingBack() {
    assertEquals(Level.OK, state.health().level());
    graph.configured("{\"components\":[],\"wires\":[]}");
    assertEquals(Level.OK, state.health().level());
  }

  @Test
  void anotherWireAdminIsNotBorneInSilence() {
    rivals.add("org.other.wireadmin");
    assertEquals(Level.DEGRADED, state.health().level());
    assertTrue(state.health().reason().contains("org.other.wireadmin"), state.health().reason());
  }

  @Test
  void troubleOfAComponentShowsByName() throws KuraException {
    graph.configured(GraphTest.KURA);
    wires.came("log", "l");
    wires.came("timer", "t");
    WiringTest.End good = new WiringTest.End();
    wiring.producerCame("t", new EndBook.End<>(good, good, null));
    WiringTest.End bad =
        new WiringTest.End() {
          @Override
          public void updated(Wire wire, Object value) {
            throw new IllegalStateException("full");
          }
        };
    wiring.consumerCame("l", new EndBook.End<>(bad, bad, null));
    wiring.all().get(0).update("x");
    assertEquals(Level.DEGRADED, state.health().level());
    assertTrue(state.health().reason().contains("log fails"), state.health().reason());
    assertEquals(1L, state.health().figures().get("envelopes.failed"));
  }

  @Test
  void randomGraphsOverOneAnotherAreAlwaysWhole() throws KuraException {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      List<WireComponentConfiguration> components = new ArrayList<>();
      List<String> pids = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        if (random.nextInt(3) > 0) {
          pids.add("c" + i);
          components.add(component("c" + i, "F" + random.nextInt(2), 1, 1));
        }
      }
      Set<String> expected = new HashSet<>();
      List<MultiportWireConfiguration> edges = new ArrayList<>();
      for (int i = 0; i < pids.size(); i++) {
        for (int j = i + 1; j < pids.size(); j++) {
          if (random.nextInt(3) == 0) {
            edges.add(wire(pids.get(i), pids.get(j)));
            expected.add(pids.get(i) + ">" + pids.get(j));
          }
        }
      }
      graph.update(new WireGraphConfiguration(components, edges));
      if (random.nextInt(4) > 0) {
        configurations.settle();
        assertEquals(expected, made());
        assertEquals(expected.size(), wiring.all().size());
      }
      assertEquals(new TreeSet<>(pids), configurations.instances.keySet());
    }
    configurations.settle();
    strands.advance(Duration.ofSeconds(11));
    assertEquals(Level.OK, state.health().level());
  }
}
