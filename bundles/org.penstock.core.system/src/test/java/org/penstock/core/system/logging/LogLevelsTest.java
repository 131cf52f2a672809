package org.penstock.core.system.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.storage.DurableStorage;

/** Without it a typing error could silence the log, or each start would read the logging anew. */
class LogLevelsTest {

  @TempDir Path folder;
  private final AtomicInteger reread = new AtomicInteger();

  private LogLevels with(String... levels) {
    return new LogLevels(levels, folder.resolve("logging.xml"), storage(), reread::incrementAndGet);
  }

  private static DurableStorage storage() {
    return (DurableStorage)
        Proxy.newProxyInstance(
            DurableStorage.class.getClassLoader(),
            new Class<?>[] {DurableStorage.class},
            (proxy, method, given) -> {
              Path file = (Path) given[0];
              if (given[1] instanceof byte[] bytes) {
                return Files.write(file, bytes);
              }
              try (OutputStream out = Files.newOutputStream(file)) {
                ((DurableStorage.Content) given[1]).writeTo(out);
              }
              return null;
            });
  }

  @Test
  void levelsAreWrittenForTheLogServiceWhichReadsThemOnlyWhenTheyChanged() throws IOException {
    assertEquals(Level.OK, with().health().level());
    assertEquals(0, reread.get(), "nothing is set, so nothing is to be read");
    String[] levels = {"org.penstock.driver.modbus=debug", "ROOT = WARN"};
    with(levels);
    with(levels);
    assertEquals(1, reread.get());
    String text = Files.readString(folder.resolve("logging.xml"));
    assertTrue(
        text.contains("<logger name=\"org.penstock.driver.modbus\" level=\"DEBUG\"/>"), text);
    assertTrue(text.contains("<root level=\"WARN\"/>"), text);
    with();
    assertEquals(2, reread.get());
  }

  @Test
  void whatIsNoLevelIsSaidAndTheOthersHold() {
    List<String> faults = new ArrayList<>();
    String text =
        LogLevels.text(new String[] {"a.b=LOUD", "\"/><x a=\"=INFO", null, "a.b=ERROR"}, faults);
    assertEquals(3, faults.size(), faults::toString);
    assertEquals("<included>\n  <logger name=\"a.b\" level=\"ERROR\"/>\n</included>\n", text);
    assertEquals(Level.DEGRADED, with("a.b=LOUD").health().level());
  }
}
