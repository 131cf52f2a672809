package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurationService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.core.storage.FileStorage;

/** Without it configurations of what was uninstalled would go at once, or never. */
class LeftoversTest {

  @Test
  void leftoversAreDueAfterTheirTimeAndGoneWhenTheUnitComesBack(@TempDir Path folder)
      throws Exception {
    long[] now = {0};
    List<String> called = new ArrayList<>();
    ConfigurationService service =
        (ConfigurationService)
            Proxy.newProxyInstance(
                LeftoversTest.class.getClassLoader(),
                new Class<?>[] {ConfigurationService.class},
                (proxy, method, arguments) -> {
                  called.add(method.getName() + " " + (arguments == null ? "" : arguments[0]));
                  return method.getName().equals("snapshot") ? (Object) 1L : null;
                });
    Leftovers leftovers =
        new Leftovers(new FileStorage(), folder, Duration.ofHours(2), () -> now[0]);
    leftovers.note("one", Map.of("d1", "org.example.Driver", "d2", "org.example.Offered"));
    leftovers.note("two", Map.of("e1", "org.example.Driver"));
    leftovers.drop("two");
    now[0] = 2 * 3_600_000 - 1;
    assertEquals(List.of(), leftovers.due());
    now[0]++;
    assertEquals(List.of("one"), leftovers.due());
    assertEquals(
        List.of("d1"), leftovers.delete("one", service, f -> f.equals("org.example.Offered")));
    assertEquals(List.of("deleteFactoryConfiguration d1", "snapshot "), called);
    assertEquals(List.of(), leftovers.due());
  }
}
