package org.penstock.acceptance.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * SIGKILL in the middle of configuration changes. If deleted: what the recorded disk promises could
 * be lost on a real one, and a gateway come back with half a configuration.
 */
@Tag("beside")
class KillTest {

  private static final int KILLS = Boolean.getBoolean("penstock.all") ? 200 : 10;
  private static final String LOGGER = "org.eclipse.kura.wire.Logger";
  private static final String BASE = "/services/configuration/v2/configurableComponents/";

  @TempDir Path folder;
  private final Random random = new Random(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  private static String config(String pid, int version) {
    String text = ("version " + version + " ").repeat(100);
    return "{\"pid\":\""
        + pid
        + "\",\"properties\":{\"version\":{\"type\":\"INTEGER\",\"value\":"
        + version
        + "},\"text\":{\"type\":\"STRING\",\"value\":\""
        + text
        + "\"}}}";
  }

  /** Changes both components together, again and again, until the gateway is gone. */
  private void change(Gateway gateway, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        int version = asked.incrementAndGet();
        String body =
            "{\"configs\":[" + config("log1", version) + "," + config("log2", version) + "]}";
        int status = gateway.send("PUT", BASE + "configurations/_update", body).statusCode();
        if (status == 200) {
          answered.set(version);
        }
      }
    } catch (UncheckedIOException e) {
      stop.set(true); // killed
    }
  }

  private int found(Gateway gateway, String pid) {
    String body =
        gateway.send("POST", BASE + "configurations/byPid", "{\"pids\":[\"" + pid + "\"]}").body();
    JsonObject properties =
        JsonParser.parseString(body)
            .getAsJsonObject()
            .getAsJsonArray("configs")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("properties");
    JsonElement version = properties.get("version");
    if (version == null) {
      return 0;
    }
    int number = version.getAsJsonObject().get("value").getAsInt();
    String text = properties.getAsJsonObject("text").get("value").getAsString();
    assertEquals(("version " + number + " ").repeat(100), text, "one whole configuration");
    return number;
  }

  @Test
  void afterEachKillTheGatewayStartsWithTheLastAnsweredConfigurationOrTheOneAsked()
      throws InterruptedException {
    String seed = new Seed().component("log1", LOGGER).component("log2", LOGGER).xml();
    try (Gateway gateway = new Gateway(folder, seed)) {
      gateway.start();
      for (int i = 0; i < KILLS; i++) {
        AtomicBoolean stop = new AtomicBoolean();
        int before = answered.get();
        Thread writer = new Thread(() -> change(gateway, stop), "test/writer");
        writer.start();
        Await.until(
            Duration.ofSeconds(120),
            () -> "no change was answered",
            () -> answered.get() > before || stop.get());
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(150)).toNanos());
        gateway.kill();
        stop.set(true);
        writer.join(20_000);
        gateway.start();
        int found = found(gateway, "log1");
        assertEquals(found, found(gateway, "log2"), "both components from one change");
        assertTrue(
            found >= answered.get() && found <= asked.get(),
            "answered " + answered.get() + ", asked " + asked.get() + ", found " + found);
        answered.set(found);
      }
    }
  }
}
