package org.penstock.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.eclipse.kura.crypto.CryptoService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.penstock.core.storage.FileStorage;

/** Without it a snapshot of many channels could need many times its size, and end the gateway. */
class LargeSnapshotTest {

  private static final int CHANNELS = 50_000;

  @TempDir Path folder;

  /**
   * If deleted: 50,000 channels on one asset, 80 MB of text, could end profile medium (512 MB): as
   * text in memory they took eight times that. Here most of the heap are the values themselves.
   */
  @Test
  void fiftyThousandChannelsAreWrittenAndReadWithAHeapOf160Megabytes() throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LargeSnapshotTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    assertTrue(ended && process.exitValue() == 0, Files.readString(log));
    long size = Files.size(folder.resolve("snapshots/snapshot_1000.xml"));
    assertTrue(size < 10_000_000, "80 MB of text are packed, not " + size + " bytes");
  }

  /** In the process of its own: writes, forgets, reads. */
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    book(home).write(plant(), Note.NONE);
    List<ComponentConfiguration> read = book(home).read(1000).configurations();
    Map<String, Object> values = read.get(0).getConfigurationProperties();
    assertEquals(7 * CHANNELS, values.size());
    assertEquals(CHANNELS - 1, values.get("tag" + (CHANNELS - 1) + "#address"));
  }

  private static SnapshotBook book(Path home) throws IOException {
    BundleContext context =
        (BundleContext)
            Proxy.newProxyInstance(
                LargeSnapshotTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, values) -> home.toString());
    FileStorage storage = new FileStorage();
    CryptoService crypto = new org.penstock.core.security.DeviceCrypto(context, storage);
    return new SnapshotBook(
        new SnapshotFolder(home.resolve("snapshots"), storage, () -> 1000, 10),
        new Secrets(crypto));
  }

  private static List<ComponentConfiguration> plant() {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < CHANNELS; i++) {
      String channel = "tag" + i + "#";
      properties.put(channel + "+name", "tag" + i);
      properties.put(channel + "+type", "READ");
      properties.put(channel + "+value.type", "DOUBLE");
      properties.put(channel + "+enabled", true);
      properties.put(channel + "unit.id", 1);
      properties.put(channel + "address", i);
      properties.put(channel + "kind", "HOLDING_REGISTER");
    }
    return new ArrayList<>(List.of(Box.configuration("line", properties)));
  }
}
