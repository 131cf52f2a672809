package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraPartialSuccessException;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/** What ConfigurationService does (contract 1.3), sentence by sentence. */
class OperationsTest {

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private Example example;

  @BeforeEach
  void install() throws Exception {
    example = new Example("com.acme.operations");
    configuration.createFactoryConfiguration(
        example.factory(), "o1", Map.of("speed", 1, "extra", "e"), false);
    Example.await("o1", "speed", 1);
    Example.await( // it has its properties a moment before the service hears of it
        () -> configuration.getConfigurableComponentPids().contains("o1"), () -> "o1 is not there");
  }

  @AfterEach
  void uninstall() throws Exception {
    for (String pid : List.of("o1", "o2", "o3")) {
      configuration.deleteFactoryConfiguration(pid, false);
    }
    example.close();
  }

  private static KuraErrorCode code(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(KuraException.class, call).getCode();
  }

  private Object stored(String pid, String key) throws KuraException {
    return configuration.getComponentConfiguration(pid).getConfigurationProperties().get(key);
  }

  @Test
  void getConfigurableComponentPidsIsAnUnmodifiableSet() {
    assertTrue(configuration.getConfigurableComponentPids().contains("o1"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> configuration.getConfigurableComponentPids().add("x"));
  }

  @Test
  void getComponentConfigurationOfAnUnknownPidIsNull() throws Exception {
    assertNull(configuration.getComponentConfiguration("nobody"));
    assertNull(configuration.getComponentConfiguration(null));
  }

  private static String clear(String pid, String key) {
    try {
      String sealed = (String) Example.given(pid).get(key);
      return new String(Example.service(CryptoService.class).decryptAes(sealed.toCharArray()));
    } catch (KuraException e) {
      return e.getMessage();
    }
  }

  @Test
  void passwordsComeBackDecryptedForOneAndEncryptedForAll() throws Exception {
    configuration.updateConfiguration("o1", Map.of("pin", new Password("s3cret")), false);
    assertInstanceOf(Password.class, stored("o1", "pin"));
    assertEquals("s3cret", stored("o1", "pin").toString());
    Object sealed =
        configuration.getComponentConfigurations().stream()
            .filter(one -> one.getPid().equals("o1"))
            .findFirst()
            .orElseThrow()
            .getConfigurationProperties()
            .get("pin");
    assertNotEquals("s3cret", sealed.toString());
    Object first = Example.given("o1").get("pin");
    Example.await( // the default's text, until the update has come to the component
        () -> "s3cret".equals(clear("o1", "pin")), () -> "the component still has " + first);
  }

  @Test
  void aFilterMatchesServiceReferences() throws Exception {
    List<ComponentConfiguration> found =
        configuration.getComponentConfigurations(
            FrameworkUtil.createFilter("(service.factoryPid=" + example.factory() + ")"));
    assertEquals(List.of("o1"), found.stream().map(ComponentConfiguration::getPid).toList());
  }

  @Test
  void createWithoutPidOrWithAUsedOneIsInvalidParameter() {
    assertEquals(
        KuraErrorCode.INVALID_PARAMETER,
        code(
            () ->
                configuration.createFactoryConfiguration(
                    example.factory(), null, Map.of(), false)));
    assertEquals(
        KuraErrorCode.INVALID_PARAMETER,
        code(
            () ->
                configuration.createFactoryConfiguration(
                    example.factory(), "o1", Map.of(), false)));
  }

  @Test
  void createDoesNotCheckThatTheFactoryExists() throws Exception {
    configuration.createFactoryConfiguration("com.acme.none", "o3", Map.of("a", "b"), false);
    assertFalse(configuration.getConfigurableComponentPids().contains("o3"));
  }

  @Test
  void deleteOfNullIsInvalidParameterAndOfAnUnknownPidNothing() throws Exception {
    assertEquals(
        KuraErrorCode.INVALID_PARAMETER,
        code(() -> configuration.deleteFactoryConfiguration(null, false)));
    configuration.deleteFactoryConfiguration("nobody", false);
    configuration.deleteFactoryConfiguration(example.singleton(), false);
    Example.await(
        () -> Example.given(example.singleton()).containsKey("speed"), () -> "it was deleted");
  }

  @Test
  void aDeletedInstanceIsGone() throws Exception {
    configuration.deleteFactoryConfiguration("o1", false);
    Example.await(() -> Example.given("o1").isEmpty(), () -> "still there");
    assertNull(configuration.getComponentConfiguration("o1"));
  }

  @Test
  void updateMergesDefaultsThenRunningThenGivenValues() throws Exception {
    configuration.updateConfiguration("o1", Map.of("speed", 2, "new", true), false);
    Map<String, Object> given = Example.await("o1", "speed", 2);
    assertEquals("e", given.get("extra"));
    assertEquals(true, given.get("new"));
    assertEquals(9L, given.get("big"));
  }

  @Test
  void unknownPidsAndMissingPropertiesAreSkippedWithoutAnError() throws Exception {
    configuration.updateConfigurations(
        Arrays.asList(
            new ComponentConfigurationImpl("nobody", null, Map.of("a", 1)),
            new ComponentConfigurationImpl("o1", null, null),
            new ComponentConfigurationImpl("o1", null, new HashMap<>(Map.of("speed", 6)))),
        false);
    Example.await("o1", "speed", 6);
  }

  @Test
  void aFactoryPidForAPidThatIsNotThereMakesTheInstance() throws Exception {
    configuration.updateConfiguration(
        "o2", Map.of("service.factoryPid", example.factory(), "speed", 8), false);
    Example.await("o2", "speed", 8);
  }

  @Test
  void failuresAreCollectedAndTheOthersAreApplied() throws Exception {
    KuraPartialSuccessException partial =
        assertThrows(
            KuraPartialSuccessException.class,
            () ->
                configuration.updateConfigurations(
                    List.of(
                        new ComponentConfigurationImpl(
                            "o1", null, new HashMap<>(Map.of("bad\u0000key", 1))),
                        new ComponentConfigurationImpl(
                            example.singleton(), null, new HashMap<>(Map.of("speed", 51)))),
                    false));
    assertEquals(1, partial.getCauses().size());
    Example.await(example.singleton(), "speed", 51);
  }

  @Test
  void valuesOutOfRangeAreTakenAsKuraTakesThem() throws Exception {
    configuration.updateConfiguration("o1", Map.of("speed", 1000), false);
    Example.await("o1", "speed", 1000);
  }

  @Test
  void aChangeIsToldToTheSessionThatDidIt() throws Exception {
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    Hashtable<String, Object> topics = new Hashtable<>();
    topics.put(
        EventConstants.EVENT_TOPIC,
        "org/eclipse/kura/core/configuration/event/CONF_CHANGE_EVENT_TOPIC");
    ServiceRegistration<EventHandler> handler =
        Example.CONTEXT.registerService(EventHandler.class, events::add, topics);
    try {
      configuration.updateConfiguration("o1", Map.of("speed", 3), false);
      AuditContext mine = new AuditContext(Map.of("session.id", "s1"));
      try (AuditContext.Scope scope = AuditContext.openScope(mine)) {
        configuration.updateConfiguration("o1", Map.of("speed", 4), false);
      }
      Event event = events.poll(10, TimeUnit.SECONDS);
      assertEquals("s1", event.getProperty("session"));
      assertEquals("o1", event.getProperty("pid"));
      assertNull(events.poll(100, TimeUnit.MILLISECONDS), "not for calls without a session");
    } finally {
      handler.unregister();
    }
  }

  @Test
  void aFilterFindsOnlyReferencesWithAKuraServicePid() throws Exception {
    Hashtable<String, Object> properties = new Hashtable<>(Map.of("mark.of.test", "yes"));
    ServiceRegistration<?> nameless =
        Example.CONTEXT.registerService(Runnable.class, () -> {}, properties);
    try {
      assertEquals(
          List.of(),
          configuration.getComponentConfigurations(
              FrameworkUtil.createFilter("(mark.of.test=yes)")));
    } finally {
      nameless.unregister();
    }
  }

  @Test
  void anInstanceHasItsFactorysDefaultsBelowTheGivenValuesAndNoLocation() throws Exception {
    assertEquals(9L, Example.given("o1").get("big"));
    assertEquals(1, Example.given("o1").get("speed"));
    ConfigurationAdmin admin = Example.service(ConfigurationAdmin.class);
    assertEquals("?", admin.listConfigurations("(kura.service.pid=o1)")[0].getBundleLocation());
  }

  /** A name that is too long for a file stands for any failure to write. */
  @Test
  void whatCannotBeWrittenIsAConfigurationError() {
    assertEquals(
        KuraErrorCode.CONFIGURATION_ERROR,
        code(
            () ->
                configuration.createFactoryConfiguration("x".repeat(300), "o2", Map.of(), false)));
  }

  /** One of the two values was lost without a word. */
  @Test
  void aKeyInTwoSpellingsIsRefused() {
    assertEquals(
        KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID,
        code(
            () ->
                configuration.createFactoryConfiguration(
                    example.factory(), "o2", Map.of("key", 1, "KEY", 2), false)));
  }

  @Test
  void aSnapshotIsTakenWhenItIsAskedForAndByDefaultEvenIfSomeUpdatesFailed() throws Exception {
    long before = newest();
    configuration.updateConfiguration("o1", Map.of("speed", 21), false);
    configuration.createFactoryConfiguration(example.factory(), "o2", Map.of(), false);
    configuration.deleteFactoryConfiguration("o2", false);
    assertEquals(before, newest(), "false takes none");
    configuration.createFactoryConfiguration(example.factory(), "o2", Map.of(), true);
    long created = newest();
    configuration.deleteFactoryConfiguration("o2", true);
    long deleted = newest();
    assertThrows(
        KuraPartialSuccessException.class,
        () ->
            configuration.updateConfigurations(
                List.of(
                    new ComponentConfigurationImpl(
                        "o1", null, new HashMap<>(Map.of("key", 1, "KEY", 2))),
                    new ComponentConfigurationImpl(
                        example.singleton(), null, new HashMap<>(Map.of("speed", 52))))));
    assertTrue(before < created && created < deleted && deleted < newest());
    assertEquals(
        52,
        configuration.getSnapshot(newest()).stream()
            .filter(one -> one.getPid().equals(example.singleton()))
            .findFirst()
            .orElseThrow()
            .getConfigurationProperties()
            .get("speed"));
  }

  private long newest() throws KuraException {
    return configuration.getSnapshots().stream().max(Long::compare).orElse(0L);
  }

  /** Kura's codes, where a component's own property makes Kura's API strict for it. */
  @Test
  void aStrictComponentRefusesWithKurasCodes() throws Exception {
    configuration.createFactoryConfiguration(
        example.kindFactory(),
        "o2",
        Map.of("needed", 1, "speed", 1, "penstock.compat.lenient", false),
        false);
    Example.await("o2", "speed", 1);
    KuraException wrong = refusal(Map.of("one.Integer", "three"));
    assertEquals(KuraErrorCode.CONFIGURATION_ATTRIBUTE_INVALID, wrong.getCode());
    for (String word : List.of("o2", "one.Integer", "three")) {
      assertTrue(wrong.getMessage().contains(word), wrong.getMessage());
    }
    KuraException missing =
        assertThrows(
            KuraException.class,
            () ->
                configuration.createFactoryConfiguration(
                    example.kindFactory(), "o3", Map.of("penstock.compat.lenient", false), false));
    assertEquals(KuraErrorCode.CONFIGURATION_REQUIRED_ATTRIBUTE_MISSING, missing.getCode());
    configuration.updateConfiguration("o2", Map.of("nobody.knows", 1), false);
    Example.await("o2", "nobody.knows", 1);
  }

  private KuraException refusal(Map<String, Object> properties) {
    KuraPartialSuccessException refused =
        assertThrows(
            KuraPartialSuccessException.class,
            () -> configuration.updateConfiguration("o2", properties, false));
    return assertInstanceOf(KuraException.class, refused.getCauses().get(0));
  }

  @Test
  void passwordsReachTheComponentAsStringsAndSealedOnesAreLeftAlone() throws Exception {
    CryptoService crypto = Example.service(CryptoService.class);
    String sealed = new String(crypto.encryptAes("0815".toCharArray()));
    configuration.updateConfiguration(
        "o1",
        Map.of(
            "pin",
            new Password(sealed),
            "pins",
            new Password[] {new Password("a"), new Password("b")},
            "speed",
            31),
        false);
    Map<String, Object> given = Example.await("o1", "speed", 31);
    assertEquals(sealed, given.get("pin"));
    String[] pins = assertInstanceOf(String[].class, given.get("pins"));
    assertEquals("b", new String(crypto.decryptAes(pins[1].toCharArray())));
  }

  @Test
  void eachCallIsWrittenToTheAuditLogWithWhoAndWhat() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    LogListener listener = entry -> lines.add(entry.getLoggerName() + " " + entry.getMessage());
    Example.service(LogReaderService.class).addLogListener(listener);
    try (AuditContext.Scope scope =
        AuditContext.openScope(new AuditContext(Map.of("entrypoint", "Test", "identity", "ann")))) {
      configuration.updateConfiguration("o1", Map.of("speed", 41), false);
      Example.await(
          () ->
              lines.stream()
                  .anyMatch(
                      line ->
                          line.startsWith("AuditLogger ")
                              && line.contains("ann")
                              && line.contains("updateConfiguration o1")),
          () -> "said: " + lines);
    } finally {
      Example.service(LogReaderService.class).removeLogListener(listener);
    }
  }
}
