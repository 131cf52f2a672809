package org.penstock.simulator.zigbee.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** A device of the simulated network. Public methods may be called by any thread. */
public final class VirtualNode {

  private final VirtualNetwork network;
  private final long ieee;
  private final NodeType type;
  private final int manufacturerCode;
  private final Map<Integer, VirtualEndpoint> endpoints = new TreeMap<>();
  private final List<Binding> bindings = new ArrayList<>();
  private final Deque<Runnable> kept = new ArrayDeque<>();
  private final ZdoServer zdo = new ZdoServer(this);
  private int shortAddress = 0xFFFF;
  private int parent;
  private NetworkParameters joinedTo;
  private long highestCounter = -1;
  private byte[] linkKey;
  private int sequence;
  private boolean reachable = true;
  private int linkQuality = 160;
  private int pollMillis = 200;

  VirtualNode(VirtualNetwork network, long ieee, NodeType type, int manufacturerCode) {
    this.network = network;
    this.ieee = ieee;
    this.type = type;
    this.manufacturerCode = manufacturerCode;
  }

  VirtualEndpoint endpoint(int id, int deviceId) {
    return endpoints.computeIfAbsent(id, i -> new VirtualEndpoint(this, i, deviceId));
  }

  /** An endpoint that the device has. */
  public VirtualEndpoint endpoint(int id) {
    VirtualEndpoint found = endpoints.get(id);
    if (found == null) {
      throw new IllegalArgumentException(this + " has no endpoint " + id);
    }
    return found;
  }

  Map<Integer, VirtualEndpoint> endpoints() {
    return endpoints;
  }

  List<Binding> bindings() {
    return bindings;
  }

  VirtualNetwork network() {
    return network;
  }

  ZdoServer zdo() {
    return zdo;
  }

  /** IEEE address as a number; {@link #toString} shows it as it is printed on devices. */
  public long ieee() {
    return ieee;
  }

  /** Router, end device or sleepy. */
  public NodeType type() {
    return type;
  }

  int manufacturerCode() {
    return manufacturerCode;
  }

  /** Short address, 0xFFFF while the device is in no network. */
  public int shortAddress() {
    return call(() -> shortAddress);
  }

  /** Short address of the parent, 0 = coordinator. */
  public int parent() {
    return call(() -> parent);
  }

  /** Whether it is in the network that the coordinator runs now. */
  public boolean isJoined() {
    return call(() -> shortAddress != 0xFFFF && network.isCurrent(joinedTo));
  }

  /** Whether the radio reaches it; commands to one out of reach end as {@link Delivery#NO_ACK}. */
  public void reachable(boolean value) {
    call(() -> reachable = value);
  }

  /** LQI with which the coordinator hears it, 0..255. */
  public void linkQuality(int value) {
    call(() -> linkQuality = value);
  }

  /** How often a sleepy device polls; above 7680 ms what is sent to it expires. Default 200. */
  public void pollEvery(int millis) {
    call(() -> pollMillis = millis);
  }

  /** The device joins only where this code (with its CRC) was made known; null = with the key that all know. */
  public void installCode(byte... code) {
    byte[] key = code == null ? null : InstallCode.key(code);
    call(() -> linkKey = key);
  }

  byte[] linkKey() {
    return linkKey;
  }

  int linkQuality() {
    return linkQuality;
  }

  void moveTo(int address, int newParent, NetworkParameters parameters) {
    shortAddress = address;
    parent = newParent;
    joinedTo = parameters;
    highestCounter = -1;
  }

  /** Forgets the network: bindings, groups and reporting go with it, as after a factory reset. */
  void forget() {
    moveTo(0xFFFF, 0, null);
    bindings.clear();
    kept.clear();
    endpoints.values().forEach(e -> e.groups().clear());
    endpoints.values().forEach(e -> e.reporting().clear());
  }

  /** Whether a frame with this counter of the network key is heard and believed (a lower one is a replay). */
  boolean hears(long counter) {
    boolean heard = reachable && shortAddress != 0xFFFF && network.isCurrent(joinedTo);
    if (heard && counter < highestCounter) {
      return false;
    }
    highestCounter = heard ? counter : highestCounter;
    return heard;
  }

  /** Gives a message to the device: at once, or when it polls next; false when it will not poll in time. */
  boolean whenAwake(Runnable receive) {
    if (type != NodeType.SLEEPY) {
      receive.run();
      return true;
    }
    if (pollMillis > Coordinator.KEEP_MILLIS) {
      return false;
    }
    kept.add(receive);
    if (kept.size() == 1) {
      long now = network.millis();
      after(
          pollMillis - now % pollMillis,
          () -> {
            List<Runnable> all = new ArrayList<>(kept);
            kept.clear();
            all.forEach(Runnable::run);
          });
    }
    return true;
  }

  void receive(ApsMessage message) {
    if (message.endpoint() == 0) {
      zdo.handle(message);
      return;
    }
    for (VirtualEndpoint endpoint : endpoints.values()) {
      boolean meant =
          message.mode() == ApsMessage.Mode.GROUP
              ? endpoint.groups().contains(message.destination())
              : message.endpoint() == 255 || message.endpoint() == endpoint.id();
      if (meant && type != NodeType.COORDINATOR) {
        endpoint.handle(message);
      }
    }
  }

  void answer(ApsMessage request, int cluster, byte... data) {
    network.fromNode(this, request.reply(shortAddress, cluster, data));
  }

  void toBound(VirtualEndpoint from, int cluster, boolean evenUnbound, byte... frame) {
    List<Binding> meant =
        bindings.stream().filter(b -> b.endpoint() == from.id() && b.cluster() == cluster).toList();
    if (meant.isEmpty() && evenUnbound) {
      long coordinator = network.coordinator().ieee();
      meant = List.of(new Binding(from.id(), cluster, false, coordinator, 1));
    }
    for (Binding b : meant) {
      int to = b.isGroup() ? (int) b.destination() : network.table().shortOf(b.destination());
      network.fromNode(this, b.message(shortAddress, to, frame));
    }
  }

  int nextSequence() {
    return sequence++ & 0xFF;
  }

  long millis() {
    return network.millis();
  }

  void after(long millis, Runnable task) {
    network.after(millis, task);
  }

  <T> T call(Callable<T> task) {
    return network.call(task);
  }

  @Override
  public String toString() {
    return String.format("0x%016x", ieee);
  }
}
