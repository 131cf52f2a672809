package org.penstock.acceptance.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;

/**
 * The gateway is killed while one graph is put in the place of another. Without this, a power failure could
 * leave half of one and half of another.
 */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class GraphKillsTest {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int ROUNDS = Boolean.getBoolean("penstock.all") ? 25 : 3;

  @TempDir Path folder;

  private static String graph(int number) {
    StringBuilder nodes = new StringBuilder();
    StringBuilder wires = new StringBuilder();
    StringBuilder configs = new StringBuilder();
    int size = 3 + number % 4;
    for (int i = 0; i < size; i++) {
      boolean first = i == 0;
      String pid = "g" + number + "n" + i;
      nodes
          .append(first ? "" : ",")
          .append("{\"pid\":\"" + pid + "\",\"inputPortCount\":" + (first ? 0 : 1))
          .append(",\"outputPortCount\":1}");
      configs
          .append(",{\"pid\":\"" + pid + "\",\"factoryPid\":\"org.eclipse.kura.wire.")
          .append(first ? "Timer" : "RegexFilter")
          .append("\",\"properties\":{}}");
      if (!first) {
        wires
            .append(i == 1 ? "" : ",")
            .append("{\"emitter\":\"g" + number + "n" + (i - 1) + "\",\"emitterPort\":0,")
            .append("\"receiver\":\"" + pid + "\",\"receiverPort\":0}");
      }
    }
    String graph = "{\"components\":[" + nodes + "],\"wires\":[" + wires + "]}";
    return "{\"configs\":[{\"pid\":\"org.eclipse.kura.wire.graph.WireGraphService\",\"properties\":"
        + "{\"WireGraph\":{\"type\":\"STRING\",\"value\":\""
        + graph.replace("\"", "\\\"")
        + "\"}}}"
        + configs
        + "]}";
  }

  private static Set<String> nodes(JsonElement topology) {
    Set<String> pids = new TreeSet<>();
    topology
        .getAsJsonObject()
        .getAsJsonArray("components")
        .forEach(one -> pids.add(one.getAsJsonObject().get("pid").getAsString()));
    return pids;
  }

  private static Set<String> there(Gateway gateway) {
    Set<String> pids = new TreeSet<>();
    JsonParser.parseString(gateway.get("/services/configuration/v2/configurableComponents").body())
        .getAsJsonObject()
        .getAsJsonArray("pids")
        .forEach(
            pid -> {
              if (pid.getAsString().matches("g\\d+n\\d+")) {
                pids.add(pid.getAsString());
              }
            });
    return pids;
  }

  private static void assertWhole(Gateway gateway, int latest) {
    String body = gateway.get("/services/wire/v1/graph/topology").body();
    JsonElement topology = JsonParser.parseString(body);
    Set<String> nodes = nodes(topology);
    assertTrue(!nodes.isEmpty(), body);
    Set<String> numbers = new TreeSet<>();
    nodes.forEach(pid -> numbers.add(pid.replaceAll("n\\d+", "")));
    assertEquals(1, numbers.size(), "of several graphs: " + body);
    int which = Integer.parseInt(numbers.iterator().next().substring(1));
    assertEquals(3 + which % 4, nodes.size(), body);
    assertEquals(nodes.size() - 1, topology.getAsJsonObject().getAsJsonArray("wires").size(), body);
    Await.until(
        LIMIT,
        () -> nodes + " wanted, found " + there(gateway),
        () -> there(gateway).equals(nodes));
    assertTrue(which >= latest - 2, "an older graph came back: " + which + " of " + latest);
  }

  @Test
  void afterAKillThereIsAlwaysOneWholeGraph() throws Exception {
    Random random = new Random(11);
    try (Gateway gateway = new Gateway(folder, null).start()) {
      AtomicInteger number = new AtomicInteger();
      for (int round = 0; round < ROUNDS; round++) {
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger put = new AtomicInteger();
        Thread load =
            new Thread(
                () -> {
                  try {
                    while (running.get()) {
                      gateway.send(
                          "PUT",
                          "/services/wire/v1/graph/snapshot",
                          graph(number.incrementAndGet()));
                      put.incrementAndGet();
                    }
                  } catch (UncheckedIOException killed) {
                    running.set(false);
                  }
                },
                "test/load");
        load.start();
        Await.until(LIMIT, () -> "no graph was put", () -> put.get() >= 3);
        LockSupport.parkNanos(random.nextInt(400_000_000));
        gateway.kill();
        running.set(false);
        load.join(30_000);
        gateway.start();
        assertWhole(gateway, number.get());
      }
    }
  }
}
