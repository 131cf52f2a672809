package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.core.configuration.ComponentConfigurationImpl;
import org.junit.jupiter.api.Test;

/** Without it an update that renames a property would lose what the user had set. */
class MigrationTest {

  private static final String TEXT =
      """
      # for all of the first generation
      from [1.0,2.0)
      factory org.example.Driver
      rename port tcp.port
      remove legacy
      default mode slow and steady
      default host nobody
      """;

  private static ConfigurationService service(ComponentConfiguration... all) {
    return (ConfigurationService)
        Proxy.newProxyInstance(
            MigrationTest.class.getClassLoader(),
            new Class<?>[] {ConfigurationService.class},
            (proxy, method, arguments) -> List.of(all));
  }

  private static ComponentConfiguration instance(String pid, String factory, Object... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("service.factoryPid", factory));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return new ComponentConfigurationImpl(pid, null, properties);
  }

  @Test
  void instancesOfTheFactoryGetWhatTheStatementsSay() throws Exception {
    Migration migration = Migration.parse("x.dp", TEXT);
    assertTrue(migration.isFrom("1.9.3"));
    assertFalse(migration.isFrom("2.0.0"));
    List<ComponentConfiguration> made =
        migration.of(
            service(
                instance("d1", "org.example.Driver", "port", 502, "legacy", true, "host", "h"),
                instance("other", "org.example.Other", "port", 1)));
    assertEquals(1, made.size());
    assertEquals("d1", made.get(0).getPid());
    Map<String, Object> wanted = new HashMap<>();
    wanted.put("tcp.port", 502);
    wanted.put("port", null);
    wanted.put("legacy", null);
    wanted.put("mode", "slow and steady");
    assertEquals(wanted, made.get(0).getConfigurationProperties());
  }

  @Test
  void whatIsMigratedAlreadyStaysAsItIs() throws Exception {
    assertEquals(
        List.of(),
        Migration.parse("x.dp", TEXT)
            .of(
                service(
                    instance("d1", "org.example.Driver", "tcp.port", 1, "mode", "m", "host", ""))));
  }

  @Test
  void aStatementThatIsNoneIsNamed() {
    assertTrue(Migration.is(TEXT));
    assertFalse(Migration.is("<configurations/>"));
    for (String wrong :
        List.of(
            "factory a\nrename a b",
            "rename a b",
            "from [1,2)\nfactory a\nmove a b",
            "from [1,2)\nfactory a\nrename a",
            "from nowhere\n",
            "")) {
      Refusal refusal = assertThrows(Refusal.class, () -> Migration.parse("x.dp", wrong), wrong);
      assertTrue(refusal.getMessage().startsWith("x.dp: the migration "), refusal.getMessage());
    }
  }
}
