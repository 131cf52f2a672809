package org.penstock.simulator.zigbee.ezsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.penstock.simulator.zigbee.network.ApsMessage;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.Delivery;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;

/** Endpoints, sending and receiving APS messages; ZDO travels as messages of profile 0 too. */
final class EzspMessages {

  private static final int NETWORK_DOWN = 0x91;
  private static final int DELIVERY_FAILED = 0x66;
  private static final int UNICAST = 0;
  private static final int MULTICAST = 3;
  private static final int BROADCAST = 5;

  private final Coordinator coordinator;
  private final BiConsumer<Integer, byte[]> callback;
  private final Set<Integer> groups = new TreeSet<>();
  private int sequence;

  /** Callbacks are given as frame id and parameters. */
  EzspMessages(Coordinator coordinator, BiConsumer<Integer, byte[]> callback) {
    this.coordinator = coordinator;
    this.callback = callback;
  }

  private record Aps(
      int profile, int cluster, int source, int destination, int options, int group) {

    static Aps read(FrameReader in) {
      Aps aps = new Aps(in.u16(), in.u16(), in.u8(), in.u8(), in.u16(), in.u16());
      in.u8(); // sequence, the stick's own
      return aps;
    }

    void write(FrameWriter out, int number) {
      out.u16(profile).u16(cluster).u8(source).u8(destination);
      out.u16(options).u16(group).u8(number);
    }
  }

  byte[] register(FrameReader in) {
    int endpoint = in.u8();
    in.u16(); // profile
    int device = in.u16();
    in.u8(); // flags
    int inputs = in.u8();
    int outputs = in.u8();
    boolean isNew =
        coordinator.register(endpoint, device, clusters(in, inputs), clusters(in, outputs));
    return new byte[] {(byte) (isNew ? 0 : 0x36)};
  }

  private static List<Integer> clusters(FrameReader in, int count) {
    List<Integer> clusters = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clusters.add(in.u16());
    }
    return clusters;
  }

  /** An entry of the multicast table: the host's endpoints hear that group. */
  void multicast(FrameReader in) {
    in.u8(); // index
    int group = in.u16();
    if (in.u8() != 0) {
      groups.add(group);
    } else {
      groups.remove(group);
    }
  }

  void forget() {
    groups.clear();
  }

  byte[] unicast(FrameReader in) {
    in.u8(); // direct, by address table, by binding: only direct is in use
    int destination = in.u16();
    Aps aps = Aps.read(in);
    int tag = in.u8();
    return send(ApsMessage.Mode.UNICAST, UNICAST, destination, aps, tag, in.bytes(in.u8()));
  }

  byte[] broadcast(FrameReader in) {
    int destination = in.u16();
    Aps aps = Aps.read(in);
    in.u8(); // radius
    int tag = in.u8();
    return send(ApsMessage.Mode.BROADCAST, BROADCAST, destination, aps, tag, in.bytes(in.u8()));
  }

  byte[] multicastMessage(FrameReader in) {
    Aps aps = Aps.read(in);
    in.u8(); // hops
    in.u8(); // radius outside the group
    int tag = in.u8();
    return send(ApsMessage.Mode.GROUP, MULTICAST, aps.group(), aps, tag, in.bytes(in.u8()));
  }

  private byte[] send(
      ApsMessage.Mode mode, int type, int destination, Aps aps, int tag, byte... data) {
    if (!coordinator.isUp()) {
      return new byte[] {(byte) NETWORK_DOWN, 0};
    }
    int number = sequence++ & 0xFF;
    coordinator.send(
        new ApsMessage(
            0,
            aps.source(),
            mode,
            destination,
            aps.destination(),
            aps.profile(),
            aps.cluster(),
            data),
        delivery -> sent(delivery, type, destination, aps, number, tag));
    return new byte[] {0, (byte) number};
  }

  private void sent(Delivery delivery, int type, int destination, Aps aps, int number, int tag) {
    FrameWriter out = new FrameWriter().u8(type).u16(destination);
    aps.write(out, number);
    out.u8(tag).u8(delivery == Delivery.DELIVERED ? 0 : DELIVERY_FAILED).u8(0);
    callback.accept(0x3F, out.done());
  }

  /** A message from the air, or from the coordinator's own ZDO. */
  void incoming(ApsMessage m, int linkQuality) {
    boolean group = m.mode() == ApsMessage.Mode.GROUP;
    if (group && !groups.contains(m.destination())) {
      return;
    }
    int type = group ? 2 : m.mode() == ApsMessage.Mode.BROADCAST ? 4 : 0;
    Aps aps =
        new Aps(
            m.profile(),
            m.cluster(),
            m.sourceEndpoint(),
            m.endpoint(),
            0x0040,
            group ? m.destination() : 0);
    FrameWriter out = new FrameWriter().u8(type);
    aps.write(out, sequence++ & 0xFF);
    out.u8(linkQuality).u8(-90 + linkQuality / 4);
    out.u16(m.source()).u8(0xFF).u8(0xFF).u8(m.data().length).bytes(m.data());
    callback.accept(0x45, out.done());
  }
}
