package org.penstock.simulator.zigbee.network;

import java.util.Collection;
import java.util.concurrent.Callable;

/**
 * One ZigBee network: the coordinator's radio, its devices and the air between them. Public methods may be called by
 * any thread.
 */
public final class VirtualNetwork implements AutoCloseable {

  private static final int ALL_LISTENING = 0xFFFD;

  private final Loop loop = new Loop("simulator/zigbee/network");
  private final SimulatedTime time;
  private final Faults faults = new Faults();
  private final VirtualNode own;
  private final NodeTable table;
  private final Coordinator coordinator;
  private final Air air = new Air(loop, faults);
  private volatile FrontEnd frontEnd;

  /** An empty network whose coordinator has this IEEE address. */
  public VirtualNetwork(long coordinatorIeee, SimulatedTime time) {
    this.time = time;
    own = new VirtualNode(this, coordinatorIeee, NodeType.COORDINATOR, 0);
    table = new NodeTable(own);
    coordinator = new Coordinator(this, own);
  }

  /** The front end that speaks for the coordinator; once, before anything else. */
  public void attach(FrontEnd front) {
    frontEnd = front;
  }

  /** What goes wrong. */
  public Faults faults() {
    return faults;
  }

  /** The coordinator as its front end sees it. */
  public Coordinator coordinator() {
    return coordinator;
  }

  /** A new device, in no network yet. */
  public VirtualNode add(DeviceKind kind, long ieee) {
    return call(
        () -> {
          VirtualNode node = kind.make(this, ieee);
          table.add(node);
          return node;
        });
  }

  /** A device by its IEEE address; an unknown one throws. */
  public VirtualNode node(long ieee) {
    VirtualNode found = call(() -> table.byIeee(ieee));
    if (found == null) {
      throw new IllegalArgumentException(String.format("no device 0x%016x", ieee));
    }
    return found;
  }

  /** All devices, in no network or in it. */
  public Collection<VirtualNode> nodes() {
    return call(table::all);
  }

  /**
   * A device asks the coordinator to let it in; false when joining isn't permitted, its install code isn't
   * known, or there is no network.
   */
  public boolean join(VirtualNode node) {
    return join(node, 0);
  }

  /** The same through a parent of that short address, 0 = coordinator. */
  public boolean join(VirtualNode node, int parent) {
    return call(
        () -> {
          if (!coordinator.isPermitted() || !coordinator.knows(node)) {
            return false;
          }
          node.forget();
          enter(node, parent, false);
          return true;
        });
  }

  /** A device that was in the network comes back with another short address, as after a lost parent. */
  public void rejoin(VirtualNode node) {
    call(
        () -> {
          enter(node, node.parent(), true);
          return null;
        });
  }

  /** A device tells its addresses again, as after power-on. */
  public void announce(VirtualNode node) {
    call(
        () -> {
          announceNow(node);
          return null;
        });
  }

  /** A device leaves by itself, as after a long press. */
  public void leave(VirtualNode node) {
    call(
        () -> {
          leaves(node, false);
          return null;
        });
  }

  private void enter(VirtualNode node, int parent, boolean isRejoin) {
    node.moveTo(table.newAddress(node), parent, coordinator.parameters());
    air.up(
        node,
        () -> {
          if (coordinator.isUp() && node.isJoined()) {
            frontEnd.joined(node, isRejoin);
          }
        });
    announceNow(node);
  }

  private void announceNow(VirtualNode node) {
    int address = node.shortAddress();
    byte[] body =
        new FrameWriter()
            .u8(node.nextSequence())
            .u16(address)
            .u64(node.ieee())
            .u8(node.type().capability())
            .done();
    fromNode(
        node,
        new ApsMessage(
            address,
            0,
            ApsMessage.Mode.BROADCAST,
            ALL_LISTENING,
            0,
            ApsMessage.ZDO,
            ApsMessage.DEVICE_ANNOUNCE,
            body));
  }

  void leaves(VirtualNode node, boolean comesBack) {
    air.up(
        node,
        () -> {
          if (comesBack) {
            enter(node, node.parent(), true);
            return;
          }
          if (coordinator.isUp()) {
            frontEnd.left(node);
          }
          table.remove(node);
          node.forget();
        });
  }

  /** Whether the coordinator is on the air. */
  public boolean isUp() {
    return call(coordinator::isUp);
  }

  /** What the running (or last) network is; null before the first. */
  public NetworkParameters parameters() {
    return call(coordinator::parameters);
  }

  /** How often a new network was formed. */
  public int forms() {
    return call(coordinator::forms);
  }

  /** Outgoing frame counter of the network key. */
  public long frameCounter() {
    return call(() -> coordinator.frameCounter());
  }

  /** Whether devices may join now. */
  public boolean isPermitted() {
    return call(coordinator::isPermitted);
  }

  boolean isCurrent(NetworkParameters joined) {
    return joined != null && joined.isSameNetwork(coordinator.parameters());
  }

  /** A node sends: to the coordinator, to another, or to a group. */
  void fromNode(VirtualNode node, ApsMessage message) {
    boolean unicast = message.mode() == ApsMessage.Mode.UNICAST;
    VirtualNode to = unicast ? table.byShort(message.destination()) : null;
    if (unicast && to == null) {
      return;
    }
    if (node == own) {
      answerOfCoordinator(to, message);
      return;
    }
    if (unicast && to != own) {
      coordinator.deliver(to, message, d -> {});
      return;
    }
    if (message.mode() == ApsMessage.Mode.GROUP) {
      table.inNetwork().stream()
          .filter(n -> n != node)
          .forEach(n -> coordinator.deliver(n, message, d -> {}));
    }
    if (!faults.isLost()) {
      for (int times = faults.isTwice() ? 2 : 1; times > 0; times--) {
        air.up(node, () -> coordinator.hears(node, message));
      }
    }
  }

  private void answerOfCoordinator(VirtualNode to, ApsMessage message) {
    if (to == own) {
      frontEnd.incoming(message, 255);
    } else {
      coordinator.deliver(to, message, d -> {});
    }
  }

  NodeTable table() {
    return table;
  }

  Air air() {
    return air;
  }

  FrontEnd frontEnd() {
    return frontEnd;
  }

  long millis() {
    return time.millis();
  }

  void after(long millis, Runnable task) {
    time.after(millis, () -> loop.run(task));
  }

  Loop loop() {
    return loop;
  }

  /** Does something on the network's thread and waits for it. */
  public <T> T call(Callable<T> task) {
    return loop.call(task);
  }

  @Override
  public void close() {
    loop.close();
    time.close();
  }
}
