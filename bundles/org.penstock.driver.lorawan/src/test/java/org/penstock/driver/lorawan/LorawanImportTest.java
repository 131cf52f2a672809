package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;

/** If deleted: a table could be taken in by half, by the wrong instance, or show its keys in the job's result. */
class LorawanImportTest {

  private static final String KEY = "00112233445566778899aabbccddeeff";
  private static final String TABLE = "dev_eui;name;app_key\n70b3d57ed00000a7;yard;" + KEY + "\n";
  private static final Progress UNHEARD =
      new Progress() {
        @Override
        public void report(int percent, String step) {
          assertFalse(step.contains(KEY), step);
        }

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  @TempDir Path folder;
  private final Map<String, Map<?, ?>> updates = new HashMap<>();
  private LorawanBench bench;
  private LorawanImport kind;

  @BeforeEach
  void start() throws Exception {
    bench = new LorawanBench(folder);
    ConfigurationService configurations =
        (ConfigurationService)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationService.class},
                (proxy, method, arguments) -> {
                  assertEquals("updateConfiguration", method.getName());
                  updates.put((String) arguments[0], (Map<?, ?>) arguments[1]);
                  return null;
                });
    kind = new LorawanImport(configurations, List.of(bench.driver("one", Map.of())));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  private String run(Map<String, String> arguments) throws Exception {
    return kind.work(arguments).run(UNHEARD);
  }

  @Test
  void aTableIsTakenInAndTriedWithoutATrace() throws Exception {
    Map<String, String> trial = Map.of("driver", "one", "csv", TABLE, "dryRun", "true");
    assertEquals(
        "{\"done\":false,\"added\":1,\"changed\":0,\"unchanged\":0,\"faults\":[]}", run(trial));
    assertTrue(updates.isEmpty());
    String done = run(Map.of("driver", "one", "csv", TABLE, "codec", "lpp"));
    assertTrue(done.contains("\"done\":true,\"added\":1") && !done.contains(KEY), done);
    Map<?, ?> update = updates.get("one");
    assertTrue(update.get("devices").toString().endsWith("70b3d57ed00000a7 yard codec=lpp"));
    assertTrue(new String(((Password) update.get("keys")).getPassword()).endsWith("a7 " + KEY));
  }

  @Test
  void aWrongRowFailsTheJobWithItsPlaceAndChangesNothing() {
    String wrong = TABLE + "70b3d57ed00000a8;x;12\n";
    JobException failed =
        assertThrows(JobException.class, () -> run(Map.of("driver", "one", "csv", wrong)));
    assertTrue(failed.getMessage().startsWith("row 3, app_key: "), failed.getMessage());
    assertTrue(failed.result().contains("\"row\":3"), failed.result());
    assertTrue(updates.isEmpty());
  }

  @Test
  void wrongArgumentsAreRefusedInWords() {
    IllegalArgumentException stranger =
        assertThrows(
            IllegalArgumentException.class, () -> kind.work(Map.of("driver", "two", "csv", TABLE)));
    assertEquals("driver 'two' must be one of [one]", stranger.getMessage());
    assertThrows(IllegalArgumentException.class, () -> kind.work(Map.of("driver", "one")));
  }
}
