package org.penstock.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.penstock.demo.plant.Tag;
import org.penstock.demo.plant.Tags;

/** The configuration that brings the pumping station's tags to the broker. */
public final class StationSeed {

  /** Pid of the timer that sets the pace. */
  public static final String TIMER = "timer";

  /** Pid of the component in which a wire ends. */
  public static final String PUBLISH = "publish";

  /** What all data topics begin with. */
  public static final String TOPICS = "demo/gateway/#";

  /** What the topics of rules' messages end with; they carry no values. */
  public static final String ORDERS = "orders";

  /** Pid of the rule that stops a pump without water. */
  public static final String DRY = "pump-2-dry";

  /** Pid of the rule that slows a pump whose bearing is hot, and the name of its alarm. */
  public static final String HOT = "pump-1-hot";

  /** Pid of the rule that orders what runs low. */
  public static final String STOCK = "grease-low";

  /** Pid of the data service. */
  public static final String DATA_SERVICE = "org.eclipse.kura.data.DataService";

  /** Pids of the assets, in order of their unit ids. */
  public static final List<String> ASSETS = List.of("station", "pump-1", "pump-2");

  /** Metrics beside the values in each message: the asset's name and time stamp. */
  public static final int EXTRA_METRICS = 2;

  private static final String TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  private static final String CLOUD_SERVICE = "org.eclipse.kura.cloud.CloudService";
  private static final String DRIVER = "plant";
  private static final String RULE = "org.penstock.flow.rule";

  private StationSeed() {}

  /** The snapshot for a plant and a broker on loopback, all tags read each so many milliseconds. */
  public static String xml(int modbusPort, int mqttPort, int periodMs) {
    SeedSnapshot seed = new SeedSnapshot();
    cloud(seed, mqttPort);
    seed.component(
        DRIVER,
        "org.penstock.driver.modbus",
        "host",
        "127.0.0.1",
        "port",
        modbusPort,
        "timeout.ms",
        5000);
    for (String asset : ASSETS) {
      asset(seed, asset);
    }
    graph(seed, periodMs);
    rules(seed);
    return seed.xml();
  }

  private static void cloud(SeedSnapshot seed, int port) {
    seed.component(
        TRANSPORT,
        TRANSPORT,
        "broker-url",
        "mqtt://127.0.0.1:" + port,
        "topic.context.account-name",
        "demo",
        "client-id",
        "gateway");
    seed.component(
        DATA_SERVICE,
        DATA_SERVICE,
        "DataTransportService.target",
        target(TRANSPORT),
        "connect.auto-on-startup",
        true,
        "enable.rate.limit",
        false);
    seed.component(CLOUD_SERVICE, CLOUD_SERVICE, "DataService.target", target(DATA_SERVICE));
    seed.component(
        "publisher",
        "org.eclipse.kura.cloud.publisher.CloudPublisher",
        "cloud.endpoint.service.pid",
        CLOUD_SERVICE,
        "app.topic",
        "$assetName",
        "qos",
        1);
    seed.component(
        "orders",
        "org.eclipse.kura.cloud.publisher.CloudPublisher",
        "cloud.endpoint.service.pid",
        CLOUD_SERVICE,
        "app.topic",
        ORDERS,
        "qos",
        1);
  }

  /** From sensing to action without a person. */
  private static void rules(SeedSnapshot seed) {
    seed.component(
        DRY,
        RULE,
        "description",
        "A pump that has no water is stopped, whoever switches it on, until there is water",
        "when",
        "[pump-2/dry]",
        "write.channel",
        "pump-2/enable",
        "write.value",
        "false",
        "write.revert",
        "true",
        "write.interlock",
        true);
    seed.component(
        HOT,
        RULE,
        "description",
        "A hot bearing raises an alarm, slows its pump until it has cooled, and orders work",
        "when",
        "hysteresis([pump-1/bearing-temperature], 80, 60)",
        "on.delay.ms",
        5000L,
        "write.channel",
        "pump-1/speed-limit",
        "write.value",
        "800.0",
        "write.revert",
        "1450.0",
        "alarm",
        "FOLLOW",
        "priority",
        "URGENT",
        "message",
        "the bearing of pump 1 is hot: look at its grease",
        "publish",
        "WORK_ORDER",
        "CloudPublisher.target",
        target("orders"));
    seed.component(
        STOCK,
        RULE,
        "description",
        "Grease is ordered when fewer than five cartridges are left",
        "when",
        "[station/grease-cartridges] < 5",
        "publish",
        "MESSAGE",
        "message",
        "order 20 cartridges of grease",
        "CloudPublisher.target",
        target("orders"));
  }

  private static void asset(SeedSnapshot seed, String pid) {
    seed.component(
        pid,
        "org.eclipse.kura.wire.WireAsset",
        "driver.pid",
        DRIVER,
        "timestamp.mode",
        "SINGLE_ASSET_GENERATED");
    for (Tag tag : Tags.of(Tags.STATION + ASSETS.indexOf(pid))) {
      String name = tag.name() + "#";
      seed.component(
          pid,
          "org.eclipse.kura.wire.WireAsset",
          name + "+name",
          tag.name(),
          name + "+type",
          tag.table().isWritable() ? "READ_WRITE" : "READ",
          name + "+value.type",
          tag.format().valueType(),
          name + "+enabled",
          true,
          name + "unit.id",
          Integer.toString(tag.unit()),
          name + "primary.table",
          tag.table().name(),
          name + "memory.address",
          Integer.toString(tag.address()),
          name + "data.type",
          tag.format().name());
    }
  }

  private static void graph(SeedSnapshot seed, int periodMs) {
    seed.component(
        TIMER,
        "org.eclipse.kura.wire.Timer",
        "type",
        "SIMPLE",
        "simple.interval",
        periodMs,
        "simple.time.unit",
        "MILLISECONDS");
    seed.component(
        PUBLISH,
        "org.eclipse.kura.wire.CloudPublisher",
        "CloudPublisher.target",
        target("publisher"));
    JsonArray components = new JsonArray();
    JsonArray wires = new JsonArray();
    components.add(node(TIMER, 0, 1, -300, 0));
    components.add(node(PUBLISH, 1, 0, 300, 0));
    for (String asset : ASSETS) {
      components.add(node(asset, 1, 1, 0, 100 * (ASSETS.indexOf(asset) - 1)));
      wires.add(wire(TIMER, asset));
      wires.add(wire(asset, PUBLISH));
    }
    JsonObject graph = new JsonObject();
    graph.add("components", components);
    graph.add("wires", wires);
    seed.component(
        "org.eclipse.kura.wire.graph.WireGraphService", null, "WireGraph", graph.toString());
  }

  private static JsonObject node(String pid, int inputs, int outputs, int x, int y) {
    JsonObject position = new JsonObject();
    position.addProperty("x", x);
    position.addProperty("y", y);
    JsonObject rendering = new JsonObject();
    rendering.add("position", position);
    rendering.add("inputPortNames", new JsonObject());
    rendering.add("outputPortNames", new JsonObject());
    JsonObject node = new JsonObject();
    node.addProperty("pid", pid);
    node.addProperty("inputPortCount", inputs);
    node.addProperty("outputPortCount", outputs);
    node.add("renderingProperties", rendering);
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

  private static String target(String pid) {
    return "(kura.service.pid=" + pid + ")";
  }
}
