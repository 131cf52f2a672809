package org.penstock.flow.wires;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.junit.jupiter.api.Test;
import org.osgi.service.wireadmin.Wire;

/** Without this, a changed graph leaves half of itself, or loses components and wires. */
class WireGraphTest extends GraphFixture {

  private void assertRefused(WireGraphConfiguration asked, String reason) {
    Set<String> before = made();
    Map<String, Map<String, Object>> instances = Map.copyOf(configurations.instances);
    configurations.calls.clear();
    KuraException refused = assertThrows(KuraException.class, () -> graph.update(asked));
    assertEquals(KuraErrorCode.BAD_REQUEST, refused.getCode());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    assertEquals(List.of(), configurations.calls);
    assertEquals(before, made());
    assertEquals(instances, configurations.instances);
  }

  @Test
  void newComponentsAreMadeWithPortCountsAndJsonAndOneSnapshotFollow() throws KuraException {
    graph.update(timerAndLog());
    assertEquals(
        List.of(
            "create Timer timer false",
            "create Logger log false",
            "update " + WireGraphConfig.PID + " false",
            "snapshot"),
        configurations.calls);
    assertEquals(0, configurations.instances.get("timer").get("receiver.port.count"));
    assertEquals(1, configurations.instances.get("timer").get("emitter.port.count"));
    assertEquals(wires.graph(), GraphJson.read(configurations.graph));
    configurations.settle();
    assertEquals(Set.of("timer>log"), made());
    Wire wire = wiring.all().get(0);
    assertEquals(0, wire.getProperties().get("emitter.port"));
    assertEquals(0, wire.getProperties().get("receiver.port"));
    assertEquals("timer", wire.getProperties().get("emitter.kura.service.pid"));
    assertEquals("log", wire.getProperties().get("receiver.kura.service.pid"));
    assertEquals("Timer-0", wire.getProperties().get("wireadmin.producer.pid"));
    assertEquals("Logger-1", wire.getProperties().get("wireadmin.consumer.pid"));
  }

  @Test
  void componentsThatLeftAreDeletedAndTheRestUpdated() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    configurations.calls.clear();
    graph.update(graph(List.of(component("timer", "", 0, 1, "simple.interval", 3))));
    configurations.settle();
    assertEquals(Set.of(), made());
    assertEquals(Set.of("timer"), configurations.instances.keySet());
    assertEquals(3, configurations.instances.get("timer").get("simple.interval"));
    assertEquals("snapshot", configurations.calls.get(configurations.calls.size() - 1));
  }

  /** PUT of a graph once merged an asset, so that channels that were taken out stayed. */
  @Test
  void aPutAssetHasOnlyTheChannelsThatAreGiven() throws KuraException {
    String asset = "org.eclipse.kura.wire.WireAsset";
    graph.put(
        graph(List.of(component("pump", asset, 1, 1, "old#+name", "old", "new#+name", "new"))));
    configurations.settle();
    configurations.calls.clear();
    graph.put(graph(List.of(component("pump", "", 1, 1, "new#+name", "new"))));
    configurations.settle();
    assertEquals(
        Set.of(), without(configurations.instances.get("pump").keySet(), "new#+name", "old"));
    assertTrue(configurations.calls.contains("delete pump false"), "" + configurations.calls);
    configurations.calls.clear();
    graph.put(graph(List.of(component("pump", "", 1, 1, "new#+name", "newer"))));
    assertEquals("newer", configurations.instances.get("pump").get("new#+name"));
    assertTrue(
        configurations.calls.contains("update pump false"),
        "it need not go where no channel does: " + configurations.calls);
  }

  private static Set<String> without(Set<String> keys, String kept, String searched) {
    assertTrue(keys.contains(kept), "" + keys);
    Set<String> left = new HashSet<>(keys);
    left.removeIf(key -> !key.contains(searched));
    return left;
  }

  @Test
  void anAssetThatCannotBeMadeAnewStaysWhatItWas() throws KuraException {
    String asset = "org.eclipse.kura.wire.WireAsset";
    graph.put(graph(List.of(component("pump", asset, 1, 1, "old#+name", "old"))));
    configurations.settle();
    configurations.failOnce = asset;
    assertThrows(
        KuraException.class,
        () -> graph.put(graph(List.of(component("pump", "", 1, 1, "x#+name", "x")))));
    assertEquals("old", configurations.instances.get("pump").get("old#+name"));
  }

  /** An asset that two graphs have once went with the first of them. */
  @Test
  void deletionLeavesAnAssetThatAnotherGraphHas() throws KuraException {
    String asset = "org.eclipse.kura.wire.WireAsset";
    graph.update(graph(List.of(component("shared", asset, 1, 1), component("own", "Timer", 0, 1))));
    configurations.settle();
    others.put("south", new Graph(List.of(wires.graph().node("shared").orElseThrow()), List.of()));
    graph.delete();
    configurations.settle();
    assertEquals(Set.of("shared"), configurations.instances.keySet());
  }

  /** Was refused once with "is not of a factory". */
  @Test
  void aComponentWhoseDeletionIsUnderWayIsWaitedFor() throws Exception {
    graph.update(graph(List.of(component("gone", "Timer", 0, 1))));
    configurations.settle();
    graph.update(graph(List.of()));
    configurations.departing.add("gone");
    Thread runtime =
        new Thread(
            () -> {
              configurations.settle();
              configurations.departing.remove("gone");
            });
    configurations.asked = runtime::start;
    graph.update(graph(List.of(component("gone", "Timer", 0, 1))));
    runtime.join();
    configurations.settle();
    assertEquals(Set.of("gone"), configurations.instances.keySet());
  }

  @Test
  void wireAssetsThatLeaveTheGraphAreKeptAsAssets() throws KuraException {
    String asset = "org.eclipse.kura.wire.WireAsset";
    graph.update(graph(List.of(component("asset", asset, 1, 1))));
    configurations.settle();
    graph.update(graph(List.of()));
    assertEquals(Set.of("asset"), configurations.instances.keySet());
    assertEquals(List.of(), wires.graph().nodes());
  }

  @Test
  void whatIsNotActiveIsKnownFromItsMakingOrTheSnapshot() throws KuraException {
    String asset = "org.eclipse.kura.wire.WireAsset";
    graph.update(graph(List.of(component("asset", asset, 1, 1), component("t", "Timer", 0, 1))));
    graph.update(
        graph(
            List.of(component("asset", asset, 1, 1), component("t", "Timer", 0, 1, "type", "x"))));
    assertEquals("x", configurations.instances.get("t").get("type"));
    configurations.settle();
    configurations.active.clear(); // their bundles are away
    WireGraph again =
        new WireGraph(
            WireGraphConfig.PID, configurations, wires, state, strands.open("again"), () -> others);
    again.update(graph(List.of(component("t", "", 0, 1))));
    assertEquals(Set.of("asset", "t"), configurations.instances.keySet());
    again.update(graph(List.of(component("t", "Other", 0, 1))));
    assertEquals("Other", configurations.instances.get("t").get("service.factoryPid"));
    assertEquals(Set.of("asset", "t"), configurations.instances.keySet());
  }

  @Test
  void aChangedFactoryMakesTheComponentAnew() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    graph.update(
        graph(
            List.of(component("timer", "Timer", 0, 1), component("log", "Other", 1, 0)),
            wire("timer", "log")));
    configurations.settle();
    assertEquals("Other", configurations.instances.get("log").get("service.factoryPid"));
    assertEquals(Set.of("timer>log"), made());
    assertEquals("Other-2", wiring.all().get(0).getProperties().get("wireadmin.consumer.pid"));
  }

  /** Else its envelopes would go to the old one, which is gone. */
  @Test
  void aComponentIsNotMadeAnewBeforeTheOldOnesWiresAreGone() throws KuraException {
    configurations.slow = true;
    graph.update(timerAndLog());
    configurations.settle();
    graph.update(
        graph(
            List.of(component("timer", "Other", 0, 1), component("log", "Logger", 1, 0)),
            wire("timer", "log")));
    graph.delete();
    graph.update(timerAndLog());
    assertEquals(Set.of(), configurations.madeTooEarly);
  }

  @Test
  void badGraphsAreRefusedBeforeAnyChange() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    WireComponentConfiguration noPorts =
        new WireComponentConfiguration(
            new ComponentConfigurationImpl("x", null, Map.of("service.factoryPid", "F")),
            Map.of("inputPortCount", 1, "outputPortCount", "1"));
    assertRefused(graph(List.of(noPorts)), "outputPortCount must be an Integer");
    assertRefused(graph(List.of(component("x", "", 1, 1))), "x is not there");
    assertRefused(
        graph(
            List.of(component("a", "F", 1, 1), component("b", "F", 1, 1)),
            wire("a", "b"),
            wire("b", "a")),
        "a -> b -> a");
    assertRefused(graph(List.of(component("a", "F", 1, 1)), wire("a", "zz")), "no component zz");
    assertRefused(null, "no graph");
  }

  @Test
  void componentsMadeAreDeletedAgainWhenOneCannotBeMade() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    configurations.brokenFactory = "Broken";
    assertThrows(
        KuraException.class,
        () ->
            graph.update(
                graph(List.of(component("a", "F", 1, 1), component("b", "Broken", 1, 1)))));
    configurations.settle();
    assertEquals(Set.of("timer", "log"), configurations.instances.keySet());
    assertEquals(Set.of("timer>log"), made());
    assertEquals(2, wires.graph().nodes().size());
  }

  @Test
  void getGivesTheGraphMergedWithLiveConfigurations() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    WireGraphConfiguration got = graph.get();
    assertEquals(2, got.getWireComponentConfigurations().size());
    WireComponentConfiguration timer = got.getWireComponentConfigurations().get(0);
    assertEquals("timer", timer.getConfiguration().getPid());
    assertEquals(
        "Timer-0", timer.getConfiguration().getConfigurationProperties().get("service.pid"));
    assertEquals(0, timer.getProperties().get("inputPortCount"));
    assertEquals(1.5f, timer.getProperties().get("position.x"));
    assertEquals(0f, timer.getProperties().get("position.y"));
    assertEquals("timer", got.getWireConfigurations().get(0).getEmitterPid());
    configurations.instances.clear();
    assertNotNull(graph.get().getWireComponentConfigurations().get(0).getConfiguration());
  }

  @Test
  void deleteTakesWiresInstancesAndJsonAndTakesASnapshot() throws KuraException {
    graph.update(timerAndLog());
    configurations.settle();
    graph.delete();
    configurations.settle();
    assertEquals(Set.of(), made());
    assertEquals(Set.of(), configurations.instances.keySet());
    assertEquals("{\"components\":[],\"wires\":[]}", configurations.graph);
    assertEquals("snapshot", configurations.calls.get(configurations.calls.size() - 1));
  }
}
