package org.penstock.simulator.zigbee.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The coordinator's radio and its own node, as a front end uses it; on the loop only, unless said otherwise. */
public final class Coordinator {

  /** How long a parent keeps a message for a sleepy child (ZigBee: 7.68 s). */
  static final int KEEP_MILLIS = 7680;

  private static final int NO_ACK_MILLIS = 1000;

  private final VirtualNetwork network;
  private final VirtualNode node;
  private NetworkParameters parameters;
  private boolean isUp;
  private final Map<Long, byte[]> linkKeys = new HashMap<>();
  private long frameCounter;
  private long permitUntil = -1;
  private int forms;

  Coordinator(VirtualNetwork network, VirtualNode node) {
    this.network = network;
    this.node = node;
    node.moveTo(0, 0, null);
  }

  /** Its IEEE address; any thread. */
  public long ieee() {
    return node.ieee();
  }

  /** Registers an endpoint of the host's; false when it is there already. */
  public boolean register(int id, int deviceId, List<Integer> inputs, List<Integer> outputs) {
    if (node.endpoints().containsKey(id)) {
      return false;
    }
    VirtualEndpoint endpoint = node.endpoint(id, deviceId);
    endpoint.inputs().addAll(inputs);
    endpoint.outputs().addAll(outputs);
    return true;
  }

  /** Forgets all endpoints, as a restart of the stick does. */
  public void clear() {
    node.endpoints().clear();
  }

  /** An endpoint takes part in a group. */
  public void group(int endpoint, int group) {
    VirtualEndpoint found = node.endpoints().get(endpoint);
    if (found != null) {
      found.groups().add(group);
    }
  }

  /** Whether an endpoint takes part in a group. */
  public boolean isIn(int endpoint, int group) {
    VirtualEndpoint found = node.endpoints().get(endpoint);
    return found != null && found.groups().contains(group);
  }

  /** The coordinator starts, in a new network or in the one it kept. */
  public void up(NetworkParameters now, boolean isNew) {
    forms += isNew ? 1 : 0;
    parameters = now;
    isUp = true;
    permitUntil = -1;
  }

  /** The coordinator is off the air. */
  public void down() {
    isUp = false;
    permitUntil = -1;
  }

  /** Whether it is on the air. */
  public boolean isUp() {
    return isUp;
  }

  /** What the running (or last) network is; null before the first. */
  public NetworkParameters parameters() {
    return parameters;
  }

  int forms() {
    return forms;
  }

  /** Outgoing frame counter of the network key; devices don't hear one lower than they have seen. */
  public long frameCounter() {
    return frameCounter;
  }

  /** The counter that the front end kept or the host restored. */
  public void frameCounter(long counter) {
    frameCounter = counter;
  }

  /** Opens joining for so many seconds of simulated time, 255 for ever, 0 closes. */
  public void permitJoin(int seconds) {
    permitUntil = seconds == 255 ? Long.MAX_VALUE : network.millis() + seconds * 1000L;
    network.frontEnd().permitJoin(seconds);
    if (seconds > 0 && seconds < 255) {
      long until = permitUntil;
      network.after(seconds * 1000L, () -> permitEnds(until));
    }
  }

  private void permitEnds(long until) {
    if (permitUntil == until && network.millis() >= until) {
      network.frontEnd().permitJoin(0);
    }
  }

  /** The host gave a link key for a device that is to join with it. */
  public void linkKey(long ieee, byte... key) {
    linkKeys.put(ieee, key);
  }

  /** Whether the device's link key, if it has one of its own, is known. */
  boolean knows(VirtualNode joining) {
    byte[] key = joining.linkKey();
    return key == null || Arrays.equals(key, linkKeys.get(joining.ieee()));
  }

  boolean isPermitted() {
    return isUp && network.millis() < permitUntil;
  }

  /** A node by IEEE address, or null. */
  public VirtualNode byIeee(long ieee) {
    return network.table().byIeee(ieee);
  }

  /** A node by short address, or null. */
  public VirtualNode byShort(int address) {
    return network.table().byShort(address);
  }

  /** What goes wrong; any thread. */
  public Faults faults() {
    return network.faults();
  }

  /** The thread that owns the network; any thread. */
  public Loop loop() {
    return network.loop();
  }

  /** Calls on the loop after so much simulated time; any thread. */
  public void after(long millis, Runnable task) {
    network.after(millis, task);
  }

  /** The host sends. The confirmation comes later, on the loop. */
  public void send(ApsMessage message, Consumer<Delivery> confirm) {
    if (message.mode() != ApsMessage.Mode.UNICAST) {
      network.table().inNetwork().forEach(n -> deliver(n, message, d -> {}));
      if (message.endpoint() == 0) {
        loop().run(() -> receive(message));
      }
      confirmLater(confirm, Delivery.DELIVERED);
      return;
    }
    if (message.destination() == 0) {
      loop().run(() -> receive(message));
      confirmLater(confirm, Delivery.DELIVERED);
      return;
    }
    VirtualNode to = byShort(message.destination());
    if (to == null) {
      after(NO_ACK_MILLIS, () -> confirm.accept(Delivery.NO_ROUTE));
      return;
    }
    deliver(to, message, d -> confirmLater(confirm, d));
  }

  /** A message under the network key to one node; the counter rises. */
  void deliver(VirtualNode to, ApsMessage message, Consumer<Delivery> confirm) {
    long counter = ++frameCounter;
    network.air().down(to, () -> arrives(to, counter, message, confirm));
  }

  private void arrives(
      VirtualNode to, long counter, ApsMessage message, Consumer<Delivery> confirm) {
    if (!isUp || faults().isLost() || !to.hears(counter)) {
      after(NO_ACK_MILLIS, () -> confirm.accept(Delivery.NO_ACK));
      return;
    }
    boolean kept =
        to.whenAwake(
            () -> {
              confirm.accept(Delivery.DELIVERED);
              to.receive(message);
            });
    if (!kept) {
      after(KEEP_MILLIS, () -> confirm.accept(Delivery.EXPIRED));
    }
  }

  private void confirmLater(Consumer<Delivery> confirm, Delivery delivery) {
    loop().later(faults().confirmDelay() * 1000L, () -> confirm.accept(delivery));
  }

  /** A message for the coordinator came from a node. Requests to its ZDO the stack answers itself. */
  void hears(VirtualNode from, ApsMessage message) {
    if (!isUp || !from.isJoined()) {
      return;
    }
    boolean zdoRequest =
        message.endpoint() == 0
            && message.profile() == ApsMessage.ZDO
            && message.cluster() < 0x8000
            && message.cluster() != ApsMessage.DEVICE_ANNOUNCE;
    if (zdoRequest) {
      receive(message);
    } else {
      network.frontEnd().incoming(message, from.linkQuality());
    }
  }

  private void receive(ApsMessage message) {
    node.zdo().handle(message);
  }
}
