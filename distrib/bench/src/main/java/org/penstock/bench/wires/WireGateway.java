package org.penstock.bench.wires;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.driver.modbus.simulator.ModbusSimulator;

/** Our side: timers and regular expression filters in the assembled product. */
final class WireGateway {

  private static final String PASSWORD = "correct horse";
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final BenchContext context;
  private final Shape shape;
  private final Optional<ModbusSimulator> silent;

  WireGateway(BenchContext context, Shape shape) {
    this(context, shape, Optional.empty());
  }

  /**
   * @param silent a device that does not answer: an asset on it hangs at the first source, too
   */
  WireGateway(BenchContext context, Shape shape, Optional<ModbusSimulator> silent) {
    this.context = context;
    this.shape = shape;
    this.silent = silent;
  }

  Map<String, Double> measure() throws IOException, InterruptedException, BenchFailure {
    Load idle = run(0, seconds());
    Load[] loads = new Load[2];
    run(1, loads);
    Map<String, Double> figures = Load.between(idle, seconds(), loads[0], loads[1]);
    context.say("ours, " + shape.name() + ": " + figures);
    return figures;
  }

  private int seconds() {
    return context.quick() ? 5 : 15;
  }

  /** CPU of a gateway whose timers hardly tick, over the given seconds. */
  private Load run(int busy, int seconds) throws IOException, InterruptedException, BenchFailure {
    Load[] loads = new Load[2];
    run(busy, loads);
    double measured = (loads[1].at() - loads[0].at()) / 1e9;
    return new Load((loads[1].cpu() - loads[0].cpu()) * seconds / measured, 0, 0, 0);
  }

  private void run(int busy, Load... loads) throws IOException, InterruptedException, BenchFailure {
    GatewayProcess.Plan plan = plan(context, seed(busy));
    try (GatewayProcess gateway = GatewayProcess.launch(plan)) {
      gateway.awaitReady();
      Thread.sleep(Load.warmUpMs(context));
      loads[0] = read(gateway);
      Thread.sleep(seconds() * 1_000L);
      loads[1] = read(gateway);
      gateway.stop(STOP);
    }
  }

  /** A new gateway with that seed. */
  static GatewayProcess.Plan plan(BenchContext context, String seed) throws IOException {
    Path folder =
        Files.createDirectories(context.work().resolve("wires-" + NUMBER.incrementAndGet()));
    return new GatewayProcess.Plan(
        context.install(),
        folder.resolve("home"),
        FreePort.find(),
        Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
        PASSWORD,
        Files.writeString(folder.resolve("seed.xml"), seed),
        context.profile());
  }

  private Load read(GatewayProcess gateway) throws IOException, InterruptedException {
    JsonObject health = gateway.health();
    double messages =
        GatewayProcess.figure(health, "flow/wires/graph", "envelopes.delivered").orElse(0);
    double ticks = 0;
    for (int source = 0; source < shape.sources(); source++) {
      ticks += GatewayProcess.figure(health, "flow/timer/t" + source, "ticks").orElse(0);
    }
    return new Load(gateway.child().figures().cpuSeconds(), messages, ticks, System.nanoTime());
  }

  private String seed(int busy) {
    SeedSnapshot seed = new SeedSnapshot();
    JsonArray components = new JsonArray();
    JsonArray wires = new JsonArray();
    if (shape.whole()) {
      seed.component("toy", "org.penstock.driver.template");
    }
    for (int source = 0; source < shape.sources(); source++) {
      String timer = "t" + source;
      seed.component(
          timer,
          "org.eclipse.kura.wire.Timer",
          "simple.interval",
          busy == 0 ? 60_000 : 1,
          "simple.time.unit",
          "MILLISECONDS");
      components.add(node(timer, 0, 1));
      for (int lane = 0; lane < shape.width(); lane++) {
        String from = timer;
        for (int step = 0; step < shape.length(); step++) {
          String to = "f" + source + "x" + lane + "x" + step;
          components.add(step(seed, to, step));
          wires.add(wire(from, to));
          from = to;
        }
      }
    }
    silent.ifPresent(
        device -> {
          hang(seed, device.port());
          components.add(node("hanging", 1, 1));
          wires.add(wire("t0", "hanging"));
        });
    return graph(seed, components, wires);
  }

  /** The seed's text with that graph. */
  static String graph(SeedSnapshot seed, JsonArray components, JsonArray wires) {
    JsonObject graph = new JsonObject();
    graph.add("components", components);
    graph.add("wires", wires);
    seed.component(
        "org.eclipse.kura.wire.graph.WireGraphService", null, "WireGraph", graph.toString());
    return seed.xml();
  }

  /** Adds what stands at that place of a chain. */
  private JsonObject step(SeedSnapshot seed, String pid, int place) {
    switch (shape.step(place)) {
      case ASSET ->
          seed.component(
              pid,
              "org.eclipse.kura.wire.WireAsset",
              "driver.pid",
              "toy",
              "Tide#+name",
              "Tide",
              "Tide#+type",
              "READ",
              "Tide#+value.type",
              "DOUBLE",
              "Tide#address",
              "sine/60000/5");
      case LOGGER -> seed.component(pid, "org.eclipse.kura.wire.Logger");
      default ->
          seed.component(
              pid, "org.eclipse.kura.wire.RegexFilter", "regex.filter", "T.*", "filter.type", 1);
    }
    return node(pid, 1, shape.step(place) == Shape.Step.LOGGER ? 0 : 1);
  }

  private static void hang(SeedSnapshot seed, int port) {
    seed.component(
        "mute",
        "org.penstock.driver.modbus",
        "host",
        "127.0.0.1",
        "port",
        port,
        "timeout.ms",
        3000);
    seed.component(
        "hanging",
        "org.eclipse.kura.wire.WireAsset",
        "driver.pid",
        "mute",
        "r#+name",
        "r",
        "r#+type",
        "READ",
        "r#+value.type",
        "INTEGER",
        "r#unit.id",
        "1",
        "r#primary.table",
        "HOLDING_REGISTERS",
        "r#memory.address",
        "0",
        "r#data.type",
        "UINT16");
  }

  static JsonObject node(String pid, int inputs, int outputs) {
    JsonObject node = new JsonObject();
    node.addProperty("pid", pid);
    node.addProperty("inputPortCount", inputs);
    node.addProperty("outputPortCount", outputs);
    return node;
  }

  static JsonObject wire(String from, String to) {
    JsonObject wire = new JsonObject();
    wire.addProperty("emitter", from);
    wire.addProperty("emitterPort", 0);
    wire.addProperty("receiver", to);
    wire.addProperty("receiverPort", 0);
    return wire;
  }
}
