package org.penstock.simulator.zigbee.network;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One endpoint of a virtual device: clusters, attributes, groups. Public methods may be called by any thread; they do
 * their work on the network's loop and return when it is done.
 */
public final class VirtualEndpoint {

  private final VirtualNode node;
  private final int id;
  private final int deviceId;
  private final Set<Integer> inputs = new TreeSet<>();
  private final Set<Integer> outputs = new TreeSet<>();
  private final Map<Attribute.Key, Attribute> attributes = new TreeMap<>();
  private final Map<Integer, ClusterBehaviour> behaviours = new HashMap<>();
  private final Set<Integer> groups = new TreeSet<>();
  private final Reporting reporting = new Reporting(this);
  private final ZclServer server = new ZclServer(this);

  VirtualEndpoint(VirtualNode node, int id, int deviceId) {
    this.node = node;
    this.id = id;
    this.deviceId = deviceId;
  }

  /** 1..240. */
  public int id() {
    return id;
  }

  int deviceId() {
    return deviceId;
  }

  VirtualNode node() {
    return node;
  }

  Set<Integer> inputs() {
    return inputs;
  }

  Set<Integer> outputs() {
    return outputs;
  }

  Set<Integer> groups() {
    return groups;
  }

  Reporting reporting() {
    return reporting;
  }

  ClusterBehaviour behaviour(int cluster) {
    return behaviours.get(cluster);
  }

  VirtualEndpoint cluster(int cluster, ClusterBehaviour behaviour) {
    inputs.add(cluster);
    if (behaviour != null) {
      behaviours.put(cluster, behaviour);
    }
    return this;
  }

  VirtualEndpoint with(int cluster, int attribute, int type, long value) {
    return with(cluster, 0, attribute, type, false, value);
  }

  VirtualEndpoint writable(int cluster, int attribute, int type, long value) {
    return with(cluster, 0, attribute, type, true, value);
  }

  VirtualEndpoint with(int cluster, int maker, int attribute, int type, boolean open, long value) {
    byte[] octets = new FrameWriter().number(value, DataType.length(type)).done();
    return put(new Attribute(new Attribute.Key(cluster, maker, attribute), type, open, octets));
  }

  VirtualEndpoint text(int cluster, int attribute, String text) {
    byte[] utf = text.getBytes(StandardCharsets.UTF_8);
    byte[] octets = new FrameWriter().u8(utf.length).bytes(utf).done();
    Attribute.Key key = new Attribute.Key(cluster, 0, attribute);
    return put(new Attribute(key, DataType.STRING, false, octets));
  }

  private VirtualEndpoint put(Attribute attribute) {
    inputs.add(attribute.key.cluster());
    attributes.put(attribute.key, attribute);
    return this;
  }

  Attribute attribute(int cluster, int manufacturer, int attribute) {
    return attributes.get(new Attribute.Key(cluster, manufacturer, attribute));
  }

  List<Attribute> attributes(int cluster, int manufacturer) {
    return attributes.values().stream()
        .filter(a -> a.key.cluster() == cluster && a.key.manufacturer() == manufacturer)
        .toList();
  }

  private Attribute required(int cluster, int manufacturer, int attribute) {
    Attribute found = attribute(cluster, manufacturer, attribute);
    if (found == null) {
      throw new IllegalArgumentException(
          String.format("%s has no attribute 0x%04x:0x%04x", node, cluster, attribute));
    }
    return found;
  }

  /** Changes a value as the device itself, or the host's write, does: reports go out as they are configured. */
  void change(Attribute attribute, byte... value) {
    attribute.set(value);
    reporting.changed(attribute);
  }

  /** Changes a number on the loop. */
  void change(int cluster, int attribute, long value) {
    Attribute found = attribute(cluster, 0, attribute);
    if (found != null) {
      found.setNumber(value);
      reporting.changed(found);
    }
  }

  long number(int cluster, int attribute) {
    Attribute found = attribute(cluster, 0, attribute);
    return found == null ? 0 : found.number();
  }

  /** The value of a numeric attribute, as it is on air (a temperature of 21.5 degrees is 2150). */
  public long get(int cluster, int attribute) {
    return node.call(() -> required(cluster, 0, attribute).number());
  }

  /** The value of a manufacturer's attribute. */
  public long get(int cluster, int manufacturer, int attribute) {
    return node.call(() -> required(cluster, manufacturer, attribute).number());
  }

  /** Sets a value as the device measures it; it is reported if and when the configured reporting says so. */
  public void set(int cluster, int attribute, long value) {
    set(cluster, 0, attribute, value);
  }

  /** Sets a value of a manufacturer's attribute. */
  public void set(int cluster, int manufacturer, int attribute, long value) {
    node.call(
        () -> {
          Attribute found = required(cluster, manufacturer, attribute);
          found.setNumber(value);
          reporting.changed(found);
          return null;
        });
  }

  /** Reports an attribute at once whatever is configured: to its bindings, without any to the coordinator. */
  public void report(int cluster, int attribute) {
    node.call(
        () -> {
          sendReport(required(cluster, 0, attribute), true);
          return null;
        });
  }

  /** Sends a command as the client side of a cluster, such as a button's on: to bindings, else to the coordinator. */
  public void press(int cluster, int command, byte... payload) {
    node.call(
        () -> {
          byte[] frame = ZclHeader.fromClient(node.nextSequence(), command).with(payload);
          node.toBound(this, cluster, true, frame);
          return null;
        });
  }

  /** An IAS zone tells its state, such as 1 = alarm: a status change notification to the coordinator. */
  public void zoneStatus(int status) {
    node.call(
        () -> {
          Behaviours.zoneStatus(this, status);
          return null;
        });
  }

  /** Configured min s, max s and change of an attribute, empty when there is none. */
  public java.util.Optional<int[]> reportingOf(int cluster, int attribute) {
    return node.call(
        () -> {
          Attribute found = required(cluster, 0, attribute);
          return java.util.Optional.ofNullable(reporting.rule(found.key, found.type));
        });
  }

  void sendReport(Attribute attribute, boolean evenUnbound) {
    Attribute.Key key = attribute.key;
    byte[] body =
        new FrameWriter().u16(key.id()).u8(attribute.type).bytes(attribute.value()).done();
    int sequence = node.nextSequence();
    byte[] frame = ZclHeader.fromServer(false, key.manufacturer(), sequence, 0x0A).with(body);
    node.toBound(this, key.cluster(), evenUnbound, frame);
  }

  void handle(ApsMessage message) {
    server.handle(message, frame -> node.answer(message, message.cluster(), frame));
  }
}
