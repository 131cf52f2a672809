package org.penstock.demo;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.penstock.demo.broker.Broker;
import org.penstock.demo.plant.Plant;
import org.penstock.demo.plant.Tags;
import org.penstock.demo.process.ChildProcess;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.demo.subscriber.Subscriber;

/** All processes of the demo: broker, subscriber, plant and gateway, started in this order. */
final class Theatre implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final long STOP_NANOS = Duration.ofSeconds(4).toNanos();
  private static final int HTTPS = 8443;
  private static final int PERIOD_MS = 1000;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Path folder;
  private final String password;
  private final List<ChildProcess> children = Collections.synchronizedList(new ArrayList<>());
  private Broker broker;
  private ChildProcess subscriber;
  private ChildProcess plant;
  private int plantPort;
  private GatewayProcess gateway;

  Theatre(Path folder) {
    this.folder = folder;
    StringBuilder word = new StringBuilder();
    new SecureRandom().ints(12, 0, LETTERS.length()).forEach(i -> word.append(LETTERS.charAt(i)));
    password = word.toString();
  }

  void start(DemoOptions options) throws IOException, InterruptedException {
    broker = Broker.start(folder);
    children.add(broker.child());
    subscriber =
        child(
            "subscriber",
            ChildProcess.java(
                Subscriber.class,
                "48m",
                Integer.toString(broker.port()),
                StationSeed.TOPICS,
                StationSeed.ORDERS));
    plant = child("plant", ChildProcess.java(Plant.class, "48m", "0", "troubles"));
    plantPort = Integer.parseInt(plant.await("ready ", START).substring("ready ".length()));
    subscriber.await("ready", START);
    Path seed =
        Files.writeString(
            folder.resolve("seed.xml"), StationSeed.xml(plantPort, broker.port(), PERIOD_MS));
    Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
    gateway =
        GatewayProcess.launch(
            new GatewayProcess.Plan(
                options.install(),
                home(),
                FreePort.isFree(HTTPS) ? HTTPS : FreePort.find(),
                passwordFile,
                password,
                seed,
                options.profile()));
    children.add(gateway.child());
    gateway.awaitReady();
  }

  private ChildProcess child(String name, List<String> command) throws IOException {
    ChildProcess child = ChildProcess.start(name, command);
    children.add(child);
    return child;
  }

  Path home() {
    return folder.resolve("home");
  }

  String password() {
    return password;
  }

  String address() {
    return gateway.address();
  }

  List<String> cast() {
    return List.of(
        "pumping station   Modbus TCP on 127.0.0.1:%d, units 1 to 3, %d tags"
            .formatted(plantPort, Tags.list().size()),
        "broker            %s on 127.0.0.1:%d, topics %s"
            .formatted(broker.name(), broker.port(), StationSeed.TOPICS),
        "gateway           home %s".formatted(home()));
  }

  /** What all three count now. */
  Counts counts() throws IOException, InterruptedException {
    JsonObject health = gateway.health();
    String publish = "flow/publish/" + StationSeed.PUBLISH;
    long messages = figure(health, publish, "published");
    long metrics = figure(health, publish, "metrics");
    long waiting = figure(health, "cloud/data/" + StationSeed.DATA_SERVICE, "outbox.depth");
    return new Counts(
        count(plant), metrics - StationSeed.EXTRA_METRICS * messages, count(subscriber), waiting);
  }

  /** Which of the rules' stories have come to their end, as plant, gateway and subscriber see it. */
  Stories stories() throws IOException, InterruptedException {
    String[] acts = plant.ask("acts", ANSWER).split(" ");
    String[] orders = subscriber.ask("orders", ANSWER).split(" ");
    boolean alarm =
        gateway
            .send("GET", "/api/v1/alarms?all=true", "")
            .body()
            .contains("\"" + StationSeed.HOT + "\"");
    boolean slowed = Boolean.parseBoolean(acts[2]);
    return new Stories(
        Boolean.parseBoolean(acts[1]),
        alarm && slowed && !orders[1].equals("0"),
        !orders[2].equals("0"));
  }

  /** What is not well by the gateway's health page, a line each. */
  List<String> complaints() throws IOException, InterruptedException {
    return gateway.health().getAsJsonObject("states").entrySet().stream()
        .map(e -> complaint(e.getKey(), e.getValue().getAsJsonObject()))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String complaint(String source, JsonObject state) {
    String level = state.get("level").getAsString();
    return level.equals("OK")
        ? ""
        : "%s  %s: %s".formatted(level, source, state.get("reason").getAsString());
  }

  private static long figure(JsonObject health, String source, String name) {
    return (long) GatewayProcess.figure(health, source, name).orElse(0);
  }

  private static long count(ChildProcess child) throws IOException, InterruptedException {
    return Long.parseLong(child.ask("count", ANSWER).split(" ")[1]);
  }

  /** The timer ticks no more within the demo's life. */
  void stopPolling() throws IOException, InterruptedException {
    String change =
        """
        {"configs": [{"pid": "%s", "properties": {
          "simple.interval": {"value": 1, "type": "INTEGER"},
          "simple.time.unit": {"value": "DAYS", "type": "STRING"}}}],
         "takeSnapshot": false}
        """
            .formatted(StationSeed.TIMER);
    int status =
        gateway
            .send(
                "PUT",
                "/services/configuration/v2/configurableComponents/configurations/_update",
                change)
            .statusCode();
    if (status != 200) {
      throw new IOException("polling could not be stopped: the gateway answered " + status);
    }
  }

  /** A child that has ended by itself, in words, or null. */
  String casualty() {
    return children.stream()
        .filter(child -> !child.isAlive())
        .map(child -> child.name() + " has ended; its last words: " + child.lastLines(5))
        .findFirst()
        .orElse(null);
  }

  /** Ends all within 5 s: SIGTERM to all at once, SIGKILL to what is left. */
  @Override
  public void close() throws InterruptedException {
    List<ChildProcess> all = List.copyOf(children);
    all.forEach(ChildProcess::signal);
    long end = System.nanoTime() + STOP_NANOS;
    for (ChildProcess child : all) {
      child.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }
}
