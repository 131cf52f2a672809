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
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

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
    for (String pid : List.of("o1", "o2", "o3", "tank")) {
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
  void aSelfConfiguringComponentsWordCountsAndAWrongOneIsAsNone() throws Exception {
    configuration.createFactoryConfiguration(
        example.tankFactory(), "tank", Map.of("level", 3), false);
    Example.await(
        () -> configuration.getConfigurableComponentPids().contains("tank"), () -> "no tank");
    assertEquals(3, stored("tank", "level"));
    assertEquals(
        "level",
        configuration.getComponentConfiguration("tank").getDefinition().getAD().get(0).getId());
    configuration.updateConfiguration("tank", Map.of("bad", true), false);
    Example.await(
        () -> {
          try {
            return configuration.getComponentConfiguration("tank") == null;
          } catch (KuraException e) {
            return false;
          }
        },
        () -> "a value of a wrong type was believed");
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
}
