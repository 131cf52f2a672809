package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.metatype.OCD;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * What add-ons rely on: identity of components (contract 1.1) and loading of metatype (1.2), sentence
 * by sentence. If deleted: a foreign add-on could stay silent or get other values than on Kura.
 */
class IdentityAndMetatypeTest {

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private Example example;

  @BeforeEach
  void install() {
    example = new Example("com.acme.identity");
  }

  @AfterEach
  void uninstall() throws Exception {
    for (String pid : List.of("p1", "p2")) {
      configuration.deleteFactoryConfiguration(pid, false);
    }
    example.close();
  }

  private void create(String pid, Map<String, Object> properties) throws Exception {
    configuration.createFactoryConfiguration(example.factory(), pid, properties, false);
  }

  @Test
  void aSingletonActivatesOnlyWhenItsDefaultsHaveBeenPushed() {
    Map<String, Object> given = Example.await(example.singleton(), "speed", 50);
    assertEquals(1, given.get("activations"), "once, with its defaults");
  }

  @Test
  void theKuraServicePidOfASingletonIsItsServicePid() {
    Map<String, Object> given = Example.await(example.singleton(), "speed", 50);
    assertEquals(example.singleton(), given.get("kura.service.pid"));
    assertEquals(example.singleton(), given.get("service.pid"));
  }

  @Test
  void aFactoryInstanceHasAGeneratedServicePidItsFactoryPidAndTheUsersPid() throws Exception {
    create("p1", Map.of("speed", 3));
    Map<String, Object> given = Example.await("p1", "speed", 3);
    assertEquals("p1", given.get("kura.service.pid"));
    assertEquals(example.factory(), given.get("service.factoryPid"));
    assertNotEquals("p1", given.get("service.pid"));
    assertTrue(given.get("service.pid").toString().startsWith(example.factory()));
  }

  @Test
  void aServiceWithoutKuraServicePidIsIgnored() throws Exception {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("service.pid", "com.acme.nameless");
    ServiceRegistration<?> nameless =
        Example.CONTEXT.registerService(
            ConfigurableComponent.class, new ConfigurableComponent() {}, properties);
    try {
      assertFalse(configuration.getConfigurableComponentPids().contains("com.acme.nameless"));
      assertNull(configuration.getComponentConfiguration("com.acme.nameless"));
    } finally {
      nameless.unregister();
    }
  }

  @Test
  void componentsComeAndGoWithTheirServices() throws Exception {
    Example.await(example.singleton(), "speed", 50);
    assertTrue(configuration.getConfigurableComponentPids().contains(example.singleton()));
    example.bundle().stop();
    Example.await(
        () -> !configuration.getConfigurableComponentPids().contains(example.singleton()),
        () -> "still there");
    example.bundle().start();
    Example.await(example.singleton(), "speed", 50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "1.2", "1.3", "1.4", "1.5"})
  void descriptorsOfEachVersionOfDeclarativeServicesAreTaken(String version) {
    try (Example one = new Example("com.acme.scr" + version.replace(".", ""), version)) {
      Example.await(one.singleton(), "speed", 50);
    }
  }

  @Test
  void defaultsAreSplitAtCommasWithEscapesAndTypedByCardinality() {
    Map<String, Object> given = Example.await(example.singleton(), "speed", 50);
    assertArrayEquals(new String[] {"a", "b,c", " d"}, (String[]) given.get("names"));
    assertEquals(9L, given.get("big"), "cardinality -1 gives a single boxed object");
    assertEquals('x', given.get("letter"));
    assertFalse(given.containsKey("empty"), "an empty default gives no property");
  }

  @Test
  void passwordDefaultsReachTheComponentEncrypted() throws Exception {
    Map<String, Object> given = Example.await(example.singleton(), "speed", 50);
    String sealed = (String) given.get("pin");
    assertNotEquals("0000", sealed);
    char[] clear = Example.service(CryptoService.class).decryptAes(sealed.toCharArray());
    assertArrayEquals("0000".toCharArray(), clear);
  }

  @Test
  void existingValuesWinMissingOnesAreAddedObsoleteOnesAreKept() throws Exception {
    String pid = "com.acme.before.Pump";
    ConfigurationAdmin admin = Example.service(ConfigurationAdmin.class);
    Configuration before = admin.getConfiguration(pid, "?");
    Hashtable<String, Object> old = new Hashtable<>();
    old.put("speed", 11);
    old.put("obsolete", "kept");
    before.update(old);
    try (Example late = new Example("com.acme.before")) {
      Map<String, Object> given = Example.await(pid, "speed", 11);
      assertEquals("kept", given.get("obsolete"));
      assertEquals(9L, given.get("big"));
      assertEquals(pid, given.get("kura.service.pid"));
      assertEquals("?", admin.getConfiguration(pid, null).getBundleLocation());
    }
    admin.getConfiguration(pid, null).delete();
  }

  @Test
  void aFactorysDefaultsAreMergedIntoEveryKnownInstanceWhenItsBundleComes() throws Exception {
    String factory = "com.acme.later.PumpFactory";
    configuration.createFactoryConfiguration(factory, "p2", Map.of("speed", 4), false);
    try (Example late = new Example("com.acme.later")) {
      Map<String, Object> given = Example.await("p2", "speed", 4);
      assertEquals(9L, given.get("big"));
    }
  }

  @Test
  void aStoppedBundlesFactoriesLeaveTheListItsInstancesStayConfigured() throws Exception {
    create("p1", Map.of("speed", 5));
    Example.await("p1", "speed", 5);
    assertTrue(configuration.getFactoryComponentPids().contains(example.factory()));
    example.bundle().stop();
    assertFalse(configuration.getFactoryComponentPids().contains(example.factory()));
    example.bundle().start();
    Example.await("p1", "speed", 5);
    assertTrue(configuration.getFactoryComponentPids().contains(example.factory()));
  }

  @Test
  void definitionsTellAttributesOptionsAndIcons() throws Exception {
    OCDService definitions = Example.service(OCDService.class);
    ComponentConfiguration factory = definitions.getFactoryComponentOCD(example.factory());
    OCD ocd = factory.getDefinition();
    assertEquals(example.factory(), ocd.getId());
    assertEquals("http://x/i.png", ocd.getIcon().get(0).getResource());
    assertEquals(
        List.of("speed", "names", "big", "letter", "empty", "pin"),
        ocd.getAD().stream().map(ad -> ad.getId()).toList());
    assertEquals(50, factory.getConfigurationProperties().get("speed"));
    assertNull(definitions.getFactoryComponentOCD("com.acme.nobody"));
    assertTrue(
        definitions.getFactoryComponentOCDs().stream()
            .anyMatch(one -> one.getPid().equals(example.factory())));
  }

  @Test
  void serviceProvidersAreFoundByTheInterfaceThatTheirDescriptionDeclares() {
    OCDService definitions = Example.service(OCDService.class);
    List<String> names =
        definitions.getServiceProviderOCDs("java.util.function.Supplier").stream()
            .map(ComponentConfiguration::getPid)
            .toList();
    assertTrue(names.containsAll(Arrays.asList(example.singleton(), example.factory())));
    assertEquals(0, definitions.getServiceProviderOCDs("com.acme.NoSuch").size());
  }

  @Test
  void getDefaultComponentConfigurationHoldsDefinitionAndDefaultsOnly() throws Exception {
    create("p1", Map.of("speed", 5, "mine", "x"));
    Example.await("p1", "speed", 5);
    ComponentConfiguration defaults = configuration.getDefaultComponentConfiguration("p1");
    assertNotNull(defaults.getDefinition());
    assertEquals(50, defaults.getConfigurationProperties().get("speed"));
    assertFalse(defaults.getConfigurationProperties().containsKey("mine"));
  }

  @Test
  void aServiceWithoutServicePidTakesNoPart() throws Exception {
    Hashtable<String, Object> properties = new Hashtable<>();
    properties.put("kura.service.pid", "com.acme.pidless");
    ServiceRegistration<?> pidless =
        Example.CONTEXT.registerService(
            ConfigurableComponent.class, new ConfigurableComponent() {}, properties);
    try {
      assertFalse(configuration.getConfigurableComponentPids().contains("com.acme.pidless"));
      assertNull(configuration.getComponentConfiguration("com.acme.pidless"));
    } finally {
      pidless.unregister();
    }
  }

  /** The file has another name than the pid, and its elements no namespace. */
  @Test
  void attributesOfEachTypeComeFromAnyFileOfTheFolder() throws Exception {
    configuration.createFactoryConfiguration(
        example.kindFactory(), "p1", Map.of("speed", 1), false);
    Map<String, Object> given = Example.await("p1", "speed", 1);
    Map<String, Object> expected =
        Map.of(
            "one.String",
            "text",
            "one.Long",
            7L,
            "one.Double",
            1.5,
            "one.Float",
            2.5f,
            "one.Integer",
            3,
            "one.Byte",
            (byte) 4,
            "one.Char",
            'c',
            "one.Character",
            'd',
            "one.Boolean",
            true,
            "one.Short",
            (short) 5);
    expected.forEach((key, value) -> assertEquals(value, given.get(key), key));
    char[] sealed = given.get("one.Password").toString().toCharArray();
    assertEquals("pw", new String(Example.service(CryptoService.class).decryptAes(sealed)));
  }

  @Test
  void arraysAreOfBoxedObjectsAndCardinalityMinusOneIsASingleOne() throws Exception {
    configuration.createFactoryConfiguration(
        example.kindFactory(), "p1", Map.of("speed", 1), false);
    Map<String, Object> given = Example.await("p1", "speed", 1);
    assertArrayEquals(new Integer[] {1, 2}, (Integer[]) given.get("many"));
    assertEquals(6, given.get("few"));
  }

  @Test
  void aMissingDefaultGivesNoProperty() throws Exception {
    configuration.createFactoryConfiguration(
        example.kindFactory(), "p1", Map.of("speed", 1), false);
    assertFalse(Example.await("p1", "speed", 1).containsKey("without"));
  }

  @Test
  void hintsForTheConsoleStayInTheDescription() {
    OCD kind =
        Example.service(OCDService.class)
            .getFactoryComponentOCD(example.kindFactory())
            .getDefinition();
    assertEquals("words|TextArea", kind.getAD().get(0).getDescription());
  }

  @Test
  void definitionsOfProvidersAreFoundByClassToo() {
    List<ComponentConfiguration> found =
        Example.service(OCDService.class).getServiceProviderOCDs(java.util.function.Supplier.class);
    ComponentConfiguration pump =
        found.stream().filter(one -> one.getPid().equals(example.factory())).findFirst().get();
    assertEquals(50, pump.getConfigurationProperties().get("speed"));
  }

  @Test
  void theDefaultsOfASelfConfiguringComponentAreItsOwn() throws Exception {
    configuration.createFactoryConfiguration(
        example.tankFactory(), "p1", Map.of("level", 3), false);
    Example.await(
        () -> configuration.getConfigurableComponentPids().contains("p1"), () -> "no tank");
    ComponentConfiguration defaults = configuration.getDefaultComponentConfiguration("p1");
    assertEquals("level", defaults.getDefinition().getAD().get(0).getId());
    assertEquals(7, defaults.getConfigurationProperties().get("level"));
  }
}
