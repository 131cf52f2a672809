package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.wire.graph.WireComponentConfiguration;
import org.eclipse.kura.wire.graph.WireComponentDefinition;
import org.eclipse.kura.wire.graph.WireComponentDefinitionService;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kura's WireGraphService on the assembled product, sentence by sentence. */
class GraphServiceTest {

  private static final String PID = "org.eclipse.kura.wire.graph.WireGraphService";
  private static final String LOGGER = "org.eclipse.kura.wire.Logger";
  private static final String TIMER = "org.eclipse.kura.wire.Timer";
  private static final String FILTER = "org.eclipse.kura.wire.RegexFilter";
  private static final String ASSET = "org.eclipse.kura.wire.WireAsset";

  @AfterEach
  void close() throws KuraException {
    Board.clear();
  }

  private static String stored() throws KuraException {
    return (String)
        Board.configurations()
            .getComponentConfiguration(PID)
            .getConfigurationProperties()
            .get("WireGraph");
  }

  private static Board chain() {
    return new Board()
        .put("gTimer", 0, 1, TIMER, "simple.interval", 1000)
        .put("gLog", 1, 0, LOGGER)
        .wire("gTimer", "gLog");
  }

  private static KuraException refused(WireGraphConfiguration graph) {
    KuraException refusal = assertThrows(KuraException.class, () -> Board.graphs().update(graph));
    assertEquals(KuraErrorCode.BAD_REQUEST, refusal.getCode());
    return refusal;
  }

  @Test
  void itIsASingletonWithOneStringPropertyThatBeginsEmpty() throws Exception {
    assertEquals(1, Board.found(WireGraphService.class, "(kura.service.pid=" + PID + ")").length);
    assertEquals("{\"components\":[],\"wires\":[]}", stored());
  }

  @Test
  void theGraphIsStoredInKurasJson() throws Exception {
    WireGraphConfiguration plain = chain().configuration();
    List<WireComponentConfiguration> drawn = new ArrayList<>();
    for (WireComponentConfiguration one : plain.getWireComponentConfigurations()) {
      Map<String, Object> properties = new HashMap<>(one.getProperties());
      properties.put("position.x", -300f);
      properties.put("position.y", -20f);
      properties.put("outputPortNames.0", "name");
      drawn.add(new WireComponentConfiguration(one.getConfiguration(), properties));
    }
    Board.graphs().update(new WireGraphConfiguration(drawn, plain.getWireConfigurations()));
    assertTrue(
        stored()
            .contains(
                "{\"pid\":\"gTimer\",\"inputPortCount\":0,\"outputPortCount\":1,"
                    + "\"renderingProperties\":{\"position\":{\"x\":-300,\"y\":-20},"
                    + "\"inputPortNames\":{},\"outputPortNames\":{\"0\":\"name\"}}}"),
        stored());
    assertTrue(
        stored()
            .contains(
                "{\"emitter\":\"gTimer\",\"emitterPort\":0,\"receiver\":\"gLog\",\"receiverPort\":0}"),
        stored());
    Map<String, Object> properties =
        Board.graphs().get().getWireComponentConfigurations().get(0).getProperties();
    assertEquals(0, properties.get("inputPortCount"));
    assertEquals(1, properties.get("outputPortCount"));
    assertEquals(-300f, properties.get("position.x"));
    assertEquals(-20f, properties.get("position.y"));
    assertEquals("name", properties.get("outputPortNames.0"));
  }

  @Test
  void storedKeysMatchInAnyCaseAndWhatHasNoPidIsDropped() throws Exception {
    chain().apply();
    String other =
        "{\"COMPONENTS\":[{\"PID\":\"gTimer\",\"OutputPortCount\":1},{\"inputPortCount\":1},"
            + "{\"pid\":\"gLog\",\"inputportcount\":1}],"
            + "\"Wires\":[{\"emitter\":\"gTimer\"},{\"receiver\":\"gLog\"}]}";
    Board.configurations().updateConfiguration(PID, new HashMap<>(Map.of("WireGraph", other)));
    Board.await(() -> "" + Board.connected(), () -> Board.connected().isEmpty());
    assertEquals(
        List.of("gLog", "gTimer"),
        Board.graphs().get().getWireComponentConfigurations().stream()
            .map(one -> one.getConfiguration().getPid())
            .sorted()
            .toList());
    assertEquals(0, Board.graphs().get().getWireConfigurations().size());
  }

  @Test
  void everyComponentNeedsIntegerPortCountsElseNothingIsChanged() throws Exception {
    chain().apply();
    String before = stored();
    WireGraphConfiguration wrong =
        new WireGraphConfiguration(
            List.of(
                new WireComponentConfiguration(
                    new ComponentConfigurationImpl(
                        "gNew", null, Board.properties("service.factoryPid", LOGGER)),
                    Board.properties("inputPortCount", "1", "outputPortCount", 0))),
            List.of());
    assertTrue(refused(wrong).getMessage().contains("inputPortCount"));
    assertEquals(before, stored());
    assertFalse(Board.isThere("gNew"));
    assertTrue(Board.isThere("gLog"));
  }

  @Test
  void aComponentToBeCreatedNeedsItsFactoryElseNothingIsChanged() throws Exception {
    chain().apply();
    refused(new Board().put("gNew", 1, 0, null).configuration());
    refused(new Board().put("gNew", 1, 0, null, "service.factoryPid", 5).configuration());
    assertTrue(Board.isThere("gLog"));
  }

  @Test
  void componentsThatLeaveAreDeletedAndAssetsAreKept() throws Exception {
    chain().put("gAsset", 1, 1, ASSET, "driver.pid", "nobody").apply();
    Board.await(() -> "no asset", () -> Board.isThere("gAsset"));
    new Board().put("gLog", 1, 0, null).apply();
    Board.await(() -> "timer stays", () -> !Board.isThere("gTimer"));
    assertTrue(Board.isThere("gAsset"));
    assertTrue(Board.isThere("gLog"));
    Board.configurations().deleteFactoryConfiguration("gAsset", false);
    Board.await(() -> "asset stays", () -> !Board.isThere("gAsset"));
  }

  /** Null while it is not there: the component runtime makes it in its own time. */
  private static Object factoryOf(String pid) {
    try {
      ComponentConfiguration found = Board.configurations().getComponentConfiguration(pid);
      return found == null ? null : found.getConfigurationProperties().get("service.factoryPid");
    } catch (KuraException e) {
      return e.getMessage();
    }
  }

  @Test
  void aComponentOfAnotherFactoryIsMadeAnew() throws Exception {
    chain().apply();
    new Board().put("gTimer", 0, 1, TIMER).put("gLog", 1, 1, FILTER).wire("gTimer", "gLog").apply();
    Board.await(
        () -> "gLog is made of " + factoryOf("gLog"), () -> FILTER.equals(factoryOf("gLog")));
  }

  @Test
  void whatIsCreatedIsUndoneWhenOneCannotBe() throws Exception {
    chain().apply();
    String before = stored();
    WireGraphConfiguration graph =
        chain()
            .put("gOne", 1, 0, LOGGER)
            .put("org.eclipse.kura.wire.graph.WireGraphService", 1, 0, LOGGER)
            .configuration();
    assertThrows(KuraException.class, () -> Board.graphs().update(graph));
    Board.await(() -> "gOne stays", () -> !Board.isThere("gOne"));
    assertEquals(before, stored());
  }

  @Test
  void thePropertiesOfTheRestAreUpdated() throws Exception {
    chain().apply();
    new Board()
        .put("gTimer", 0, 1, TIMER, "simple.interval", 7)
        .put("gLog", 1, 0, LOGGER)
        .wire("gTimer", "gLog")
        .apply();
    Map<String, Object> properties =
        Board.configurations().getComponentConfiguration("gTimer").getConfigurationProperties();
    assertEquals(7, properties.get("simple.interval"));
  }

  @Test
  void eachUpdateEndsWithOneSnapshotThatHoldsTheGraph() throws Exception {
    Set<Long> before = Board.configurations().getSnapshots();
    chain().apply();
    Set<Long> after = new TreeSet<>(Board.configurations().getSnapshots());
    after.removeAll(before);
    assertEquals(1, after.size());
    List<ComponentConfiguration> kept = Board.configurations().getSnapshot(Collections.max(after));
    Set<String> pids =
        kept.stream().map(ComponentConfiguration::getPid).collect(Collectors.toSet());
    assertTrue(pids.containsAll(Set.of(PID, "gTimer", "gLog")), "" + pids);
  }

  @Test
  void getMergesTheGraphWithLiveConfigurationsAndDefinitions() throws Exception {
    chain().apply();
    WireComponentConfiguration timer =
        Board.graphs().get().getWireComponentConfigurations().stream()
            .filter(one -> one.getConfiguration().getPid().equals("gTimer"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        1000, timer.getConfiguration().getConfigurationProperties().get("simple.interval"));
    assertNotNull(timer.getConfiguration().getDefinition());
  }

  @Test
  void deleteTakesWiresAndInstancesAndStoresTheEmptyGraph() throws Exception {
    chain().apply();
    Board.graphs().delete();
    assertEquals(List.of(), Board.connected());
    assertFalse(Board.isThere("gTimer"));
    assertFalse(Board.isThere("gLog"));
    assertEquals("{\"components\":[],\"wires\":[]}", stored());
  }

  @Test
  void wiresAreMadeWhenBothEndsArePresentInAnyOrder() throws Exception {
    for (boolean emitterFirst : new boolean[] {true, false}) {
      try (Probe first = new Probe(emitterFirst ? "gA" : "gB")) {
        Probe stand = new Probe(emitterFirst ? "gB" : "gA");
        new Board().probe(first).probe(stand).wire("gA", "gB").apply();
        stand.close();
        Board.await(() -> "" + Board.connected(), () -> Board.connected().isEmpty());
        Board.await(() -> "told " + first.outgoing(), () -> first.outgoing().isEmpty());
        try (Probe again = new Probe(stand.pid())) {
          Probe emitter = emitterFirst ? first : again;
          Board.await(() -> "not connected", () -> Board.connected().size() == 1);
          Board.await(() -> "not told of it", () -> emitter.outgoing().size() == 1);
          emitter.emit("x", 1);
          assertEquals(List.of("x=1"), (emitterFirst ? again : first).texts());
        }
      }
    }
  }

  @Test
  void aCircleIsRefusedWithItsPath() throws Exception {
    WireGraphConfiguration circle =
        new Board()
            .put("gA", 1, 1, FILTER)
            .put("gB", 1, 1, FILTER)
            .wire("gA", "gB")
            .wire("gB", "gA")
            .configuration();
    String message = refused(circle).getMessage();
    assertTrue(message.contains("gA -> gB -> gA") || message.contains("gB -> gA -> gB"), message);
  }

  @Test
  void definitionsAreThoseOfAllWireComponentsWithPortsAndDefinition() throws Exception {
    Map<String, WireComponentDefinition> found = new HashMap<>();
    Board.service(WireComponentDefinitionService.class)
        .getComponentDefinitions()
        .forEach(one -> found.put(one.getFactoryPid(), one));
    for (String name :
        List.of(
            "Timer",
            "Logger",
            "Fifo",
            "RegexFilter",
            "Join",
            "CloudPublisher",
            "CloudSubscriber",
            "WireRecordStore",
            "WireRecordQuery",
            "DbWireRecordStore",
            "DbWireRecordFilter",
            "script.tools.FilterComponent",
            "ScriptFilter",
            "script.tools.ConditionalComponent",
            "WireAsset")) {
      WireComponentDefinition one = found.get("org.eclipse.kura.wire." + name);
      assertNotNull(one, name);
      assertNotNull(one.getComponentOCD(), name);
      assertTrue(one.getMaxInputPorts() + one.getMaxOutputPorts() > 0, name);
    }
    assertEquals(2, found.get("org.eclipse.kura.wire.Join").getDefaultInputPorts());
    WireComponentDefinition condition =
        found.get("org.eclipse.kura.wire.script.tools.ConditionalComponent");
    assertEquals(Map.of(0, "if"), condition.getInputPortNames());
    assertEquals(Map.of(0, "then", 1, "else"), condition.getOutputPortNames());
  }
}
