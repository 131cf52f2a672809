package org.penstock.bench.modbus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.demo.SeedSnapshot;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;

/**
 * Our side: the assembled product, an asset for each device, all wired to one publisher at QoS 0. A
 * message holds what one poll has read, in Kura's form without compression; or one tag.
 */
final class PublishingGateway {

  private static final String PASSWORD = "correct horse";
  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  private static final String DATA = "org.eclipse.kura.data.DataService";
  private static final String CLOUD = "org.eclipse.kura.cloud.CloudService";
  private static final String PLAIN = "org.eclipse.kura.cloudconnection.raw.mqtt.";
  private static final Duration START = Duration.ofSeconds(180);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final BenchContext context;
  private final Rig rig;
  private final int broker;

  PublishingGateway(BenchContext context, Rig rig, int broker) {
    this.context = context;
    this.rig = rig;
    this.broker = broker;
  }

  Map<String, Double> measure(PlantLoad load)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "modbus-");
    GatewayProcess.Plan plan =
        new GatewayProcess.Plan(
            context.install(),
            folder.resolve("home"),
            FreePort.find(),
            Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
            PASSWORD,
            Files.writeString(folder.resolve("seed.xml"), seed(load)),
            context.profile());
    try (GatewayProcess gateway = GatewayProcess.launch(plan)) {
      gateway.child().await("ready https://", START); // tens of thousands of channels
      String topic = load.single() ? "ps/#" : "bench/#";
      Map<String, Double> figures =
          EndToEnd.delivered(
              context, rig, broker, topic, load.single() ? "list" : "kura", gateway.child().pid());
      gateway.stop(STOP);
      context.say("ours, " + load.name() + ": " + figures);
      return figures;
    }
  }

  private String seed(PlantLoad load) {
    SeedSnapshot seed = new SeedSnapshot();
    cloud(seed, load.single());
    JsonArray components = new JsonArray();
    JsonArray wires = new JsonArray();
    components.add(node("publish"));
    for (int device = 0; device < load.devices(); device++) {
      int unit = device + 1;
      seed.component(
          "device" + unit,
          "org.penstock.driver.modbus",
          "host",
          "127.0.0.1",
          "port",
          PlantLoad.PORT + device);
      seed.component(
          Integer.toString(unit), "org.eclipse.kura.wire.WireAsset", asset(load, unit).toArray());
      components.add(node(Integer.toString(unit)));
      wires.add(wire(Integer.toString(unit), "publish"));
    }
    JsonObject graph = new JsonObject();
    graph.add("components", components);
    graph.add("wires", wires);
    seed.component(
        "publish", "org.eclipse.kura.wire.CloudPublisher", "CloudPublisher.target", pid("out"));
    seed.component(
        "org.eclipse.kura.wire.graph.WireGraphService", null, "WireGraph", graph.toString());
    // the load is meant: it is not taken for a bundle that runs wild
    seed.component("org.penstock.core.deployment", null, "load.s", 600);
    return seed.xml();
  }

  private void cloud(SeedSnapshot seed, boolean single) {
    seed.component(
        TRANSPORT,
        TRANSPORT,
        "broker-url",
        "mqtt://127.0.0.1:" + broker,
        "topic.context.account-name",
        "bench",
        "client-id",
        "gateway");
    seed.component(
        DATA,
        DATA,
        "DataTransportService.target",
        pid(TRANSPORT),
        "connect.auto-on-startup",
        true,
        "enable.rate.limit",
        false);
    if (single) {
      seed.component(
          "plain", PLAIN + "cloud.RawMqttCloudEndpoint", "DataService.target", pid(DATA));
      seed.component(
          "out",
          PLAIN + "publisher.RawMqttPublisher",
          "cloud.endpoint.service.pid",
          "plain",
          "topic",
          "ps/${asset}/${channel}",
          "payload.form",
          "json",
          "payload.template",
          "${value}",
          "qos",
          0);
    } else {
      seed.component(CLOUD, CLOUD, "DataService.target", pid(DATA), "encode.gzip", false);
      seed.component(
          "out",
          "org.eclipse.kura.cloud.publisher.CloudPublisher",
          "cloud.endpoint.service.pid",
          CLOUD,
          "app.topic",
          "$assetName",
          "qos",
          0);
    }
  }

  private static List<Object> asset(PlantLoad load, int unit) {
    List<Object> properties =
        new ArrayList<>(
            List.of(
                "driver.pid",
                "device" + unit,
                "timestamp.mode",
                load.single() ? "NO_TIMESTAMPS" : "SINGLE_ASSET_GENERATED",
                "poll.interval.ms",
                (long) load.periodMs()));
    for (int address = 0; address < load.tags(); address++) {
      String name = load.single() ? "" + address : "u" + unit + "a" + address;
      properties.addAll(
          List.of(
              name + "#+name",
              name,
              name + "#+type",
              "READ",
              name + "#+value.type",
              "INTEGER",
              name + "#unit.id",
              Integer.toString(unit),
              name + "#primary.table",
              "HOLDING_REGISTERS",
              name + "#memory.address",
              Integer.toString(address),
              name + "#data.type",
              "UINT16"));
    }
    return properties;
  }

  private static String pid(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }

  private static JsonObject node(String pid) {
    JsonObject node = new JsonObject();
    node.addProperty("pid", pid);
    node.addProperty("inputPortCount", 1);
    node.addProperty("outputPortCount", "publish".equals(pid) ? 0 : 1);
    return node;
  }

  private static JsonObject wire(String from, String to) {
    JsonObject wire = new JsonObject();
    wire.addProperty("emitter", from);
    wire.addProperty("emitterPort", 0);
    wire.addProperty("receiver", to);
    wire.addProperty("receiverPort", 0);
    return wire;
  }
}
