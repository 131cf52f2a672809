package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.SelfConfiguringComponent;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.core.configuration.metatype.Tocd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.2 and the self-configuring part of 1.3 of the contract, sentence by sentence. */
class DefinitionsTest {

  @TempDir Path folder;
  private Box box;

  @BeforeEach
  void box() {
    box = new Box(folder);
  }

  private void create(String pid, Map<String, Object> properties) throws KuraException {
    box.service.createFactoryConfiguration(Box.FACTORY, pid, properties, false);
  }

  @Test
  void registeringANonFactoryOcdImmediatelyMergesDefaultsIntoConfigAdmin() {
    box.define();
    Map<String, Object> given = box.given(Box.SINGLETON);
    assertEquals(50, given.get("speed"));
    assertArrayEquals(new String[] {"a", "b,c", "d"}, (Object[]) given.get("names"));
    assertEquals(Box.SINGLETON, given.get("kura.service.pid"));
    assertEquals("?", box.admin.all.get(Box.SINGLETON).getBundleLocation());
    assertNull(given.get("note"));
  }

  @Test
  void passwordDefaultsAreAesEncryptedWhenMaterialised() {
    box.define();
    String pin = assertInstanceOf(String.class, box.given(Box.SINGLETON).get("pin"));
    assertEquals("0000", box.secrets.decrypt(pin).orElseThrow());
  }

  @Test
  void existingValuesWinMissingAdKeysAreAddedObsoleteKeysKept() throws Exception {
    box.admin
        .getConfiguration(Box.SINGLETON, "?")
        .update(PropertyMaps.dictionary(Map.of("speed", 7, "obsolete", "x")));
    box.define();
    Map<String, Object> given = box.given(Box.SINGLETON);
    assertEquals(7, given.get("speed"));
    assertEquals("x", given.get("obsolete"));
    assertTrue(given.containsKey("names"));
  }

  @Test
  void definingTwiceUpdatesOnlyOnce() {
    box.define();
    int updates = box.admin.updates;
    box.define();
    assertEquals(updates, box.admin.updates, "a component would be modified for nothing");
  }

  @Test
  void registeringAFactoryOcdMergesDefaultsIntoEveryKnownInstance() throws KuraException {
    create("d1", Map.of("host", "h"));
    assertNull(box.given("d1").get("port"));
    box.define();
    assertEquals(502, box.given("d1").get("port"));
    assertEquals("h", box.given("d1").get("host"));
    assertEquals(Set.of(Box.FACTORY), box.service.getFactoryComponentPids());
  }

  @Test
  void bundleStopRemovesItsFactoriesFromTheListInstanceConfigurationsStay() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h"));
    box.components.definitions().remove("example 1.0.0");
    assertEquals(Set.of(), box.service.getFactoryComponentPids());
    assertEquals("h", box.given("d1").get("host"));
  }

  @Test
  void selfConfiguringComponentsGetDefaultsBelowGivenValues() throws KuraException {
    create("a1", Map.of("old", 1));
    Tocd own = Box.definitions(Box.METATYPE).get(0).ocd();
    box.activate("a1", (SelfConfiguringComponent) () -> configuration("a1", own, Map.of()));
    box.service.updateConfiguration("a1", Map.of("new", 2), false);
    Map<String, Object> given = box.given("a1");
    assertEquals(2, given.get("new"));
    assertEquals(50, given.get("speed"));
    assertFalse(given.containsKey("old"));
    assertEquals("a1", given.get("kura.service.pid"));
  }

  private static ComponentConfiguration configuration(
      String pid, Tocd ocd, Map<String, Object> properties) {
    return new ComponentConfigurationImpl(pid, ocd, properties);
  }

  @Test
  void selfConfiguringPidMustEqualKuraServicePidAndValuesTheirScalarTypeElseItIsNull()
      throws KuraException {
    Tocd own = Box.definitions(Box.METATYPE).get(0).ocd();
    create("a1", Map.of());
    box.activate("a1", (SelfConfiguringComponent) () -> configuration("other", own, Map.of()));
    assertNull(box.service.getComponentConfiguration("a1"));
    box.activate(
        "a1", (SelfConfiguringComponent) () -> configuration("a1", own, Map.of("speed", "fast")));
    assertNull(box.service.getComponentConfiguration("a1"));
    box.activate(
        "a1",
        (SelfConfiguringComponent)
            () -> {
              throw new IllegalStateException("broken component");
            });
    assertNull(box.service.getComponentConfiguration("a1"));
    box.activate(
        "a1",
        (SelfConfiguringComponent)
            () -> configuration("a1", own, Map.of("speed", 1, "names", new String[] {"x"})));
    assertTrue(reason().startsWith("a1: asked for its configuration, it failed with"), reason());
    assertNotNull(box.service.getComponentConfiguration("a1"));
    assertEquals("", reason());
  }

  private String reason() {
    box.board.applied(() -> new Board.Waiting(List.of(), List.of()));
    return box.board.health().reason();
  }

  @Test
  void ocdServiceAnswersForFactoriesAndProviders() {
    box.define();
    KuraDefinitions definitions =
        new KuraDefinitions(
            box.components.definitions(),
            services ->
                services.contains("org.example.Service")
                    ? List.of(Box.FACTORY, "without.definition")
                    : List.of());
    assertEquals(1, definitions.getFactoryComponentOCDs().size());
    assertNull(definitions.getFactoryComponentOCD("not.tracked"));
    assertEquals(
        502,
        definitions.getFactoryComponentOCD(Box.FACTORY).getConfigurationProperties().get("port"));
    List<ComponentConfiguration> providers =
        definitions.getServiceProviderOCDs("org.example.Service");
    assertEquals("Driver", providers.get(0).getDefinition().getName());
    assertEquals("without.definition", providers.get(1).getPid());
    assertNull(providers.get(1).getDefinition());
    assertEquals(0, definitions.getServiceProviderOCDs(String.class).size());
  }
}
