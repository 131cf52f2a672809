package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Section 1.3 of the contract, sentence by sentence. */
class OperationsTest {

  @TempDir Path folder;
  private Box box;

  @BeforeEach
  void box() {
    box = new Box(folder);
  }

  private void create(String pid, Map<String, Object> properties) throws KuraException {
    box.service.createFactoryConfiguration(Box.FACTORY, pid, properties, false);
  }

  private static void assertCode(
      KuraErrorCode code, org.junit.jupiter.api.function.Executable call) {
    assertEquals(code, assertThrows(KuraException.class, call).getCode());
  }

  @Test
  void getConfigurableComponentPidsIsAnUnmodifiableSetOfActivePids() {
    box.define();
    assertEquals(Set.of(), box.service.getConfigurableComponentPids());
    Active pump = box.activate(Box.SINGLETON);
    Set<String> pids = box.service.getConfigurableComponentPids();
    assertEquals(Set.of(Box.SINGLETON), pids);
    assertThrows(UnsupportedOperationException.class, () -> pids.add("x"));
    box.components.disappeared(pump);
    assertEquals(Set.of(), box.service.getConfigurableComponentPids());
  }

  @Test
  void getComponentConfigurationIsNullForUnknownPidAndPasswordsComeBackDecrypted()
      throws KuraException {
    box.define();
    box.activate(Box.SINGLETON);
    assertNull(box.service.getComponentConfiguration("nobody"));
    assertNull(box.service.getComponentConfiguration(null));
    ComponentConfiguration pump = box.service.getComponentConfiguration(Box.SINGLETON);
    assertEquals("0000", pump.getConfigurationProperties().get("pin").toString());
    assertInstanceOf(Password.class, pump.getConfigurationProperties().get("pin"));
    assertEquals("Pump", pump.getDefinition().getName());
  }

  /** Else the reader who comes while another deletes gets "internal error" (FuzzTest, byPid). */
  @Test
  void aConfigurationDeletedWhileItIsReadIsNoError() throws KuraException {
    box.define();
    create("a", Map.of("host", "x"));
    create("b", Map.of("host", "y"));
    box.activate("a");
    box.activate("b");
    box.admin.deletedBeforeRead = box.components.servicePid("a");
    assertEquals(Map.of(), box.service.getComponentConfiguration("a").getConfigurationProperties());
    assertEquals(2, box.service.getComponentConfigurations().size());
    box.service.snapshot();
  }

  @Test
  void getComponentConfigurationsReturnsPasswordsEncrypted() throws KuraException {
    box.define();
    box.activate(Box.SINGLETON);
    Object pin =
        box.service.getComponentConfigurations().get(0).getConfigurationProperties().get("pin");
    assertInstanceOf(Password.class, pin);
    assertEquals("0000", box.secrets.decrypt(pin.toString()).orElseThrow());
  }

  @Test
  void withAFilterThoseWithAStringKuraServicePidAreKept() throws Exception {
    box.define();
    box.activate(Box.SINGLETON);
    box.matching.addAll(Set.of(Box.SINGLETON, "not.a.component"));
    List<ComponentConfiguration> found =
        box.service.getComponentConfigurations(
            org.osgi.framework.FrameworkUtil.createFilter("(a=b)"));
    assertEquals(List.of(Box.SINGLETON), found.stream().map(c -> c.getPid()).toList());
  }

  @Test
  void getDefaultComponentConfigurationIsOcdAndDefaultsOnly() throws KuraException {
    box.define();
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 9), false);
    ComponentConfiguration defaults = box.service.getDefaultComponentConfiguration(Box.SINGLETON);
    assertEquals(50, defaults.getConfigurationProperties().get("speed"));
    assertFalse(defaults.getConfigurationProperties().containsKey("kura.service.pid"));
    assertNull(box.service.getDefaultComponentConfiguration("nobody"));
  }

  @Test
  void createFactoryConfigurationWithNullOrUsedPidIsAnInvalidParameter() throws KuraException {
    box.define();
    create("d1", Map.of());
    box.activate(Box.SINGLETON);
    assertCode(KuraErrorCode.INVALID_PARAMETER, () -> create(null, Map.of()));
    assertCode(KuraErrorCode.INVALID_PARAMETER, () -> create("d1", Map.of()));
    assertCode(KuraErrorCode.INVALID_PARAMETER, () -> create(Box.SINGLETON, Map.of()));
    assertEquals(
        "Invalid parameter. pid d1 already exists",
        assertThrows(KuraException.class, () -> create("d1", Map.of())).getMessage());
  }

  @Test
  void createFactoryConfigurationMergesDefaultsUnderTheGivenPropertiesWithLocationAnywhere()
      throws KuraException {
    box.define();
    create("d1", Map.of("host", "h", "units", new Integer[] {9}, "extra", 1L));
    Map<String, Object> given = box.given("d1");
    assertEquals(502, given.get("port"));
    assertArrayEquals(new Integer[] {9}, (Object[]) given.get("units"));
    assertEquals(1L, given.get("extra"));
    assertEquals("d1", given.get("kura.service.pid"));
    assertEquals(Box.FACTORY, given.get("service.factoryPid"));
    assertNotEquals("d1", given.get("service.pid"));
    String servicePid = box.components.servicePid("d1");
    assertEquals("?", box.admin.all.get(servicePid).getBundleLocation());
  }

  @Test
  void thereIsNoCheckThatTheFactoryExists() throws KuraException {
    create("d1", Map.of("host", "h"));
    assertEquals("h", box.given("d1").get("host"));
  }

  @Test
  void ioExceptionIsAConfigurationErrorAndLeavesNothingBehind() throws KuraException {
    box.admin.failing = Box.FACTORY;
    assertCode(KuraErrorCode.CONFIGURATION_ERROR, () -> create("d1", Map.of()));
    assertEquals(Map.of(), box.admin.all);
    box.admin.failing = "";
    create("d1", Map.of());
  }

  @Test
  void aValueThatCanNotBeStoredIsAConfigurationError() {
    assertCode(
        KuraErrorCode.CONFIGURATION_ERROR, () -> create("d1", Map.of("x", new java.util.Date())));
    assertCode(
        KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, () -> create("d1", Map.of("\u0001", 1)));
    assertEquals(Map.of(), box.admin.all);
  }

  @Test
  void deleteFactoryConfigurationOfNullIsAnInvalidParameterOfUnknownOnlyAWarning()
      throws KuraException {
    box.define();
    box.activate(Box.SINGLETON);
    assertCode(
        KuraErrorCode.INVALID_PARAMETER, () -> box.service.deleteFactoryConfiguration(null, false));
    box.service.deleteFactoryConfiguration("nobody", false);
    box.service.deleteFactoryConfiguration(Box.SINGLETON, false);
    assertNotNull(box.given(Box.SINGLETON));
  }

  @Test
  void deleteFactoryConfigurationDeletesTheConfigAdminConfiguration() throws KuraException {
    create("d1", Map.of());
    box.service.deleteFactoryConfiguration("d1", false);
    assertEquals(Map.of(), box.admin.all);
    create("d1", Map.of());
  }

  @Test
  void anInstanceCanBeMadeAnewWhileTheComponentRuntimeStillStopsTheOldOne() throws KuraException {
    create("d1", Map.of("host", "old"));
    Active old = box.activate("d1");
    box.service.deleteFactoryConfiguration("d1", false);
    create("d1", Map.of("host", "new"));
    box.activate("d1");
    box.components.disappeared(old);
    assertEquals(Set.of("d1"), box.service.getConfigurableComponentPids());
    assertEquals("new", box.given("d1").get("host"));
  }

  @Test
  void updateMergesDefaultsBelowRunningBelowGivenValues() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h", "port", 1502));
    box.activate("d1");
    box.service.updateConfiguration("d1", Map.of("host", "other"), false);
    Map<String, Object> given = box.given("d1");
    assertEquals("other", given.get("host"));
    assertEquals(1502, given.get("port"));
    assertArrayEquals(new Integer[] {1, 2}, (Object[]) given.get("units"));
  }

  @Test
  void aNullValueClearsItsKey() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h"));
    box.activate("d1");
    Map<String, Object> clearing = new HashMap<>();
    clearing.put("units", null);
    box.service.updateConfiguration("d1", clearing, false);
    assertFalse(box.given("d1").containsKey("units"));
  }

  @Test
  void unknownPidsNullPropertiesOrMissingOcdAreSkippedNotAnError() throws KuraException {
    box.service.updateConfiguration("nobody", Map.of("x", 1), false);
    box.service.updateConfiguration("nobody", null, false);
    box.service.updateConfiguration(null, Map.of(), false);
    box.activate("no.definition");
    box.service.updateConfiguration("no.definition", Map.of("x", 1), false);
    assertEquals(Map.of(), box.admin.all);
  }

  @Test
  void configurationsCarryingAFactoryPidForAPidNotYetActiveCreateThatInstance()
      throws KuraException {
    box.define();
    box.service.updateConfigurations(
        List.of(Box.configuration("d1", Map.of("service.factoryPid", Box.FACTORY, "host", "h"))),
        false);
    assertEquals("h", box.given("d1").get("host"));
    assertEquals(502, box.given("d1").get("port"));
  }

  @Test
  void anInstanceWhoseComponentIsNotThereCanBeCorrected() throws KuraException {
    create("d1", Map.of("host", "wrong"));
    box.service.updateConfiguration("d1", Map.of("host", "right"), true);
    assertEquals("right", box.given("d1").get("host"));
    ComponentConfiguration kept = box.service.getSnapshot(1000).get(0);
    assertEquals("right", kept.getConfigurationProperties().get("host"));
  }

  @Test
  void oneSnapshotIsWrittenEvenWhenSomeUpdatesFailedAndFailuresAreCollected() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h"));
    box.activate("d1");
    box.activate(Box.SINGLETON);
    box.admin.failing = Box.FACTORY;
    KuraPartialSuccessException e =
        assertThrows(
            KuraPartialSuccessException.class,
            () ->
                box.service.updateConfigurations(
                    List.of(
                        Box.configuration("d1", Map.of("host", "x")),
                        Box.configuration(Box.SINGLETON, Map.of("speed", 3)))));
    assertEquals(1, e.getCauses().size());
    assertTrue(e.getCauses().get(0).getMessage().contains("d1"));
    assertEquals(3, box.given(Box.SINGLETON).get("speed"));
    assertEquals(Set.of(1000L), box.service.getSnapshots());
  }

  @Test
  void valuesOutOfRangeAreStoredAsKuraDoesAndNamed() throws KuraException {
    box.define();
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 101), false);
    assertEquals(101, box.given(Box.SINGLETON).get("speed"));
    box.board.applied(() -> new Board.Waiting(List.of(), List.of()));
    assertEquals(
        "org.example.Pump, speed: given Integer 101; allowed: 0 to 100",
        box.board.health().reason());
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 100), false);
    assertEquals("", box.board.health().reason());
  }

  @Test
  void aPasswordBecomesAStringHoldingTheEncryptedTextAndPasswordsAStringArray()
      throws KuraException {
    box.define();
    create(
        "d1",
        Map.of(
            "host",
            "h",
            "key",
            new Password("s3cret"),
            "more",
            new Password[] {new Password("a"), new Password("b")}));
    String key = assertInstanceOf(String.class, box.given("d1").get("key"));
    assertFalse(key.contains("s3cret"));
    assertEquals("s3cret", box.secrets.decrypt(key).orElseThrow());
    String[] more = assertInstanceOf(String[].class, box.given("d1").get("more"));
    assertEquals("b", box.secrets.decrypt(more[1]).orElseThrow());
    box.activate("d1");
    Map<String, Object> back =
        box.service.getComponentConfiguration("d1").getConfigurationProperties();
    assertEquals("s3cret", back.get("key").toString());
    assertInstanceOf(Password[].class, back.get("more"));
  }

  @Test
  void passwordsThatAlreadyDecryptCorrectlyAreLeftAlone() throws KuraException {
    box.define();
    String sealed = box.secrets.encrypt("s3cret");
    create("d1", Map.of("host", "h", "key", new Password(sealed)));
    assertEquals(sealed, box.given("d1").get("key"));
    box.activate("d1");
    box.service.updateConfiguration("d1", Map.of("key", "as plain text"), false);
    String key = (String) box.given("d1").get("key");
    assertEquals("as plain text", box.secrets.decrypt(key).orElseThrow());
  }

  @Test
  void keysThatDifferInCaseOnlyReplaceEachOther() throws KuraException {
    box.define();
    create("d1", Map.of("host", "h"));
    box.activate("d1");
    box.service.updateConfiguration("d1", Map.of("HOST", "H"), false);
    assertEquals("H", box.given("d1").get("HOST"));
    assertFalse(box.given("d1").containsKey("host"));
  }

  @Test
  void theChangeEventIsOnlyPostedWhenTheAuditContextCarriesASessionId() throws Exception {
    box.define();
    box.activate(Box.SINGLETON);
    box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 3), false);
    assertEquals(List.of(), box.events);
    AuditContext context = new AuditContext(new HashMap<>(Map.of("session.id", "s1")));
    try (AutoCloseable scope = AuditContext.openScope(context)) {
      box.service.updateConfiguration(Box.SINGLETON, Map.of("speed", 4), false);
    }
    assertEquals(1, box.events.size());
    assertEquals(
        "org/eclipse/kura/core/configuration/event/CONF_CHANGE_EVENT_TOPIC",
        box.events.get(0).getTopic());
    assertEquals("s1", box.events.get(0).getProperty("session"));
    assertEquals(Box.SINGLETON, box.events.get(0).getProperty("pid"));
  }
}
