package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Components that describe themselves (contract 1.3), sentence by sentence. */
class SelfConfiguringTest {

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private Example example;

  @BeforeEach
  void install() {
    example = new Example("com.acme.tanks");
  }

  @AfterEach
  void uninstall() throws Exception {
    configuration.deleteFactoryConfiguration("tank", false);
    example.close();
  }

  @Test
  void aSelfConfiguringComponentsWordCountsAndAWrongOneIsAsNone() throws Exception {
    configuration.createFactoryConfiguration(
        example.tankFactory(), "tank", Map.of("level", 3), false);
    Example.await(
        () -> configuration.getConfigurableComponentPids().contains("tank"), () -> "no tank");
    assertEquals(3, tank("level"));
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

  private Object tank(String key) {
    try {
      ComponentConfiguration tank = configuration.getComponentConfiguration("tank");
      return tank == null ? null : tank.getConfigurationProperties().get(key);
    } catch (KuraException e) {
      return e.getMessage();
    }
  }

  private void tankWith(Map<String, Object> properties) throws KuraException {
    configuration.createFactoryConfiguration(example.tankFactory(), "tank", properties, false);
    Example.await(
        () -> configuration.getConfigurableComponentPids().contains("tank"), () -> "no tank");
  }

  @Test
  void anArrayOfASelfConfiguringComponentCountsByTheTypeOfItsElements() throws Exception {
    tankWith(Map.of("levels", new Integer[] {1, 2}));
    assertEquals(2, ((Object[]) tank("levels")).length);
    configuration.updateConfiguration("tank", Map.of("levels", new Long[] {1L}), false);
    Example.await(() -> tank("level") == null, () -> "an array of a wrong type was believed");
  }

  @Test
  void aSelfConfiguringComponentThatTellsAnotherPidIsAsNone() throws Exception {
    tankWith(Map.of("alias", "somebody"));
    assertNull(configuration.getComponentConfiguration("tank"));
  }

  @Test
  void runningValuesOfASelfConfiguringComponentAreNotMerged() throws Exception {
    tankWith(Map.of("level", 3));
    configuration.updateConfiguration("tank", Map.of("other", 1), false);
    Example.await(() -> Integer.valueOf(7).equals(tank("level")), () -> "level " + tank("level"));
  }
}
