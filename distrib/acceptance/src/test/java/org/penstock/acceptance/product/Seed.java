package org.penstock.acceptance.product;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes seed snapshots in Kura's XML form, as an integrator would. */
public final class Seed {

  /** The data service's pid in every seed. */
  public static final String DATA_SERVICE = "org.eclipse.kura.data.DataService";

  /** Account and client id in every seed. */
  public static final String TOPIC_PREFIX = "acme/gw1/";

  private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();
  private final List<String> nodes = new ArrayList<>();
  private final List<String> wires = new ArrayList<>();

  /** Adds or changes a component; factoryPid null for a singleton. Key, value, key, value... */
  public Seed component(String pid, String factoryPid, Object... pairs) {
    Map<String, Object> properties = components.computeIfAbsent(pid, p -> new LinkedHashMap<>());
    properties.put("kura.service.pid", pid);
    if (factoryPid != null) {
      properties.put("service.factoryPid", factoryPid);
    }
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return this;
  }

  /** The cloud stack to a broker on loopback. */
  public Seed cloud(int port) {
    component(
        "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport",
        "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport",
        "broker-url",
        "mqtt://127.0.0.1:" + port,
        "topic.context.account-name",
        "acme",
        "client-id",
        "gw1",
        "keep-alive",
        5);
    component(
        DATA_SERVICE,
        DATA_SERVICE,
        "DataTransportService.target",
        "(kura.service.pid=org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport)",
        "connect.auto-on-startup",
        true,
        "connect.retry-interval",
        1);
    component(
        "org.eclipse.kura.cloud.CloudService",
        "org.eclipse.kura.cloud.CloudService",
        "DataService.target",
        "(kura.service.pid=" + DATA_SERVICE + ")",
        "encode.gzip",
        false);
    return component(
        "publisher",
        "org.eclipse.kura.cloud.publisher.CloudPublisher",
        "cloud.endpoint.service.pid",
        "org.eclipse.kura.cloud.CloudService",
        "app.topic",
        "$assetName",
        "appId",
        "A1",
        "qos",
        1);
  }

  /** An edge node plant/gw for the primary host scada, to a broker on loopback; publisher: edge. */
  public Seed sparkplug(int port) {
    component(
        "edge-mqtt",
        "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport",
        "broker-url",
        "mqtt://127.0.0.1:" + port,
        "client-id",
        "edge",
        "keep-alive",
        5);
    component(
        "edge-node",
        "org.penstock.cloud.sparkplug.transport",
        "MqttTransport.target",
        "(kura.service.pid=edge-mqtt)",
        "group.id",
        "plant",
        "node.id",
        "gw",
        "primary.host.id",
        "scada");
    component(
        "edge-data",
        DATA_SERVICE,
        "DataTransportService.target",
        "(kura.service.pid=edge-node)",
        "connect.retry-interval",
        1);
    component(
        "edge-cloud",
        "org.penstock.cloud.sparkplug",
        "DataService.target",
        "(kura.service.pid=edge-data)",
        "EdgeNode.target",
        "(kura.service.pid=edge-node)");
    return component(
        "edge",
        "org.penstock.cloud.sparkplug.publisher",
        "cloud.endpoint.service.pid",
        "edge-cloud");
  }

  /** A plain connection to a broker on loopback; publisher: plain, topic json/asset, QoS 1. */
  public Seed plain(int port) {
    component(
        "plain-mqtt",
        "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport",
        "broker-url",
        "mqtt://127.0.0.1:" + port,
        "client-id",
        "plain",
        "keep-alive",
        5);
    component(
        "plain-data",
        DATA_SERVICE,
        "DataTransportService.target",
        "(kura.service.pid=plain-mqtt)",
        "connect.retry-interval",
        1);
    component(
        "plain-cloud",
        "org.eclipse.kura.cloudconnection.raw.mqtt.cloud.RawMqttCloudEndpoint",
        "DataService.target",
        "(kura.service.pid=plain-data)");
    return component(
        "plain",
        "org.eclipse.kura.cloudconnection.raw.mqtt.publisher.RawMqttPublisher",
        "cloud.endpoint.service.pid",
        "plain-cloud",
        "topic",
        "json/${asset}",
        "qos",
        1);
  }

  /** A Modbus TCP driver to a device on loopback. */
  public Seed modbus(String pid, int port) {
    return component(pid, "org.penstock.driver.modbus", "host", "127.0.0.1", "port", port);
  }

  /** An asset without channels. */
  public Seed asset(String pid, String driver) {
    return component(pid, "org.eclipse.kura.wire.WireAsset", "driver.pid", driver);
  }

  /** A channel; the pairs are the driver's own properties. */
  public Seed channel(String asset, String name, String valueType, Object... pairs) {
    List<Object> all = new ArrayList<>();
    all.addAll(
        List.of(name + "#+name", name, name + "#+type", "READ_WRITE", name + "#+enabled", true));
    all.addAll(List.of(name + "#+value.type", valueType));
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(name + "#" + pairs[i]);
      all.add(pairs[i + 1]);
    }
    return component(asset, "org.eclipse.kura.wire.WireAsset", all.toArray());
  }

  /** A holding register of unit 1. */
  public Seed register(String asset, String name, String valueType, String dataType, int address) {
    return channel(
        asset,
        name,
        valueType,
        "unit.id",
        "1",
        "primary.table",
        "HOLDING_REGISTERS",
        "memory.address",
        Integer.toString(address),
        "data.type",
        dataType);
  }

  /** A timer, from it to an asset, from there to a component that is there. */
  public Seed flow(String timer, int periodMs, String asset, String end) {
    component(
        timer,
        "org.eclipse.kura.wire.Timer",
        "simple.interval",
        periodMs,
        "simple.time.unit",
        "MILLISECONDS");
    node(timer, 0, 1);
    node(asset, 1, 1);
    node(end, 1, 0);
    wires.add(wire(timer, asset));
    wires.add(wire(asset, end));
    return wireGraph();
  }

  /** A further cloud publisher behind an asset of the graph. */
  public Seed publish(String end, String asset, String publisher) {
    component(
        end,
        "org.eclipse.kura.wire.CloudPublisher",
        "CloudPublisher.target",
        "(kura.service.pid=" + publisher + ")");
    node(end, 1, 0);
    wires.add(wire(asset, end));
    return wireGraph();
  }

  private Seed wireGraph() {
    return component(
        "org.eclipse.kura.wire.graph.WireGraphService",
        null,
        "WireGraph",
        "{\"components\":["
            + String.join(",", nodes)
            + "],\"wires\":["
            + String.join(",", wires)
            + "]}");
  }

  /** Timer to assets to cloud publisher. */
  public Seed graph(int periodMs, String... assets) {
    component(
        "timer",
        "org.eclipse.kura.wire.Timer",
        "type",
        "SIMPLE",
        "simple.interval",
        periodMs,
        "simple.time.unit",
        "MILLISECONDS");
    component(
        "publish",
        "org.eclipse.kura.wire.CloudPublisher",
        "CloudPublisher.target",
        "(kura.service.pid=publisher)");
    node("timer", 0, 1);
    node("publish", 1, 0);
    for (String asset : assets) {
      node(asset, 1, 1);
      wires.add(wire("timer", asset));
      wires.add(wire(asset, "publish"));
    }
    return wireGraph();
  }

  private void node(String pid, int in, int out) {
    nodes.add(
        "{\"pid\":\""
            + pid
            + "\",\"inputPortCount\":"
            + in
            + ",\"outputPortCount\":"
            + out
            + ",\"renderingProperties\":{\"position\":{\"x\":0,\"y\":0},\"inputPortNames\":{},"
            + "\"outputPortNames\":{}}}");
  }

  private static String wire(String from, String to) {
    return "{\"emitter\":\""
        + from
        + "\",\"emitterPort\":0,\"receiver\":\""
        + to
        + "\",\"receiverPort\":0}";
  }

  /** The snapshot's text. */
  public String xml() {
    StringJoiner xml =
        new StringJoiner(
            "\n",
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<esf:configurations"
                + " xmlns:esf=\"http://eurotech.com/esf/2.0\""
                + " xmlns:ocd=\"http://www.osgi.org/xmlns/metatype/v1.2.0\">\n",
            "\n</esf:configurations>\n");
    components.forEach(
        (pid, properties) -> {
          xml.add("    <esf:configuration pid=\"" + pid + "\">");
          xml.add("        <esf:properties>");
          properties.forEach((name, value) -> xml.add(property(name, value)));
          xml.add("        </esf:properties>");
          xml.add("    </esf:configuration>");
        });
    return xml.toString();
  }

  private static String property(String name, Object value) {
    return "            <esf:property array=\"false\" encrypted=\"false\" name=\""
        + escape(name)
        + "\" type=\""
        + value.getClass().getSimpleName()
        + "\">\n                <esf:value>"
        + escape(value.toString())
        + "</esf:value>\n            </esf:property>";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
