package org.penstock.simulator.zigbee.znp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.penstock.simulator.zigbee.network.ApsMessage;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.Delivery;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;

/** AF commands: endpoints of the host, data requests, confirms, incoming messages. */
final class ZnpAf {

  private static final int FIRST_BROADCAST = 0xFFF8;
  private static final int EXISTS = 0xB8;
  private static final int NOT_STARTED = 0xC2;

  private final Coordinator coordinator;
  private final BiConsumer<Integer, byte[]> callback;
  private int sequence;

  ZnpAf(Coordinator coordinator, BiConsumer<Integer, byte[]> callback) {
    this.coordinator = coordinator;
    this.callback = callback;
  }

  /** Answer to a synchronous request, null when it is not known. */
  byte[] answer(int command, FrameReader in) {
    return switch (command) {
      case 0x00 -> register(in);
      case 0x01 -> send(in);
      case 0x02 -> sendExtended(in);
      case 0x10 -> new byte[] {0};
      default -> null;
    };
  }

  private byte[] register(FrameReader in) {
    int endpoint = in.u8();
    in.u16(); // profile
    int device = in.u16();
    in.u8(); // device version
    in.u8(); // latency
    boolean isNew = coordinator.register(endpoint, device, clusters(in), clusters(in));
    return new byte[] {(byte) (isNew ? 0 : EXISTS)};
  }

  private static List<Integer> clusters(FrameReader in) {
    List<Integer> clusters = new ArrayList<>();
    for (int n = in.u8(); n > 0; n--) {
      clusters.add(in.u16());
    }
    return clusters;
  }

  private byte[] send(FrameReader in) {
    int destination = in.u16();
    int endpoint = in.u8();
    int source = in.u8();
    int cluster = in.u16();
    int transaction = in.u8();
    in.u8(); // options
    in.u8(); // radius
    ApsMessage.Mode mode =
        destination >= FIRST_BROADCAST ? ApsMessage.Mode.BROADCAST : ApsMessage.Mode.UNICAST;
    return send(mode, destination, endpoint, source, cluster, transaction, in.bytes(in.u8()));
  }

  private byte[] sendExtended(FrameReader in) {
    int addressing = in.u8();
    long address = in.u64();
    int endpoint = in.u8();
    in.u16(); // PAN, 0 = own
    int source = in.u8();
    int cluster = in.u16();
    int transaction = in.u8();
    in.u8(); // options
    in.u8(); // radius
    byte[] data = in.bytes(in.u16());
    int destination = (int) (address & 0xFFFF);
    ApsMessage.Mode mode = ApsMessage.Mode.UNICAST;
    if (addressing == 1) {
      mode = ApsMessage.Mode.GROUP;
    } else if (addressing == 3) {
      var node = coordinator.byIeee(address);
      destination = node == null ? 0xFFFF : node.shortAddress();
    } else if (destination >= FIRST_BROADCAST) {
      mode = ApsMessage.Mode.BROADCAST;
    }
    return send(mode, destination, endpoint, source, cluster, transaction, data);
  }

  private byte[] send(
      ApsMessage.Mode mode,
      int destination,
      int endpoint,
      int source,
      int cluster,
      int transaction,
      byte... data) {
    if (!coordinator.isUp()) {
      return new byte[] {(byte) NOT_STARTED};
    }
    int profile = endpoint == 0 ? ApsMessage.ZDO : ApsMessage.HA;
    coordinator.send(
        new ApsMessage(0, source, mode, destination, endpoint, profile, cluster, data),
        delivery -> confirm(delivery, source, transaction));
    return new byte[] {0};
  }

  private void confirm(Delivery delivery, int endpoint, int transaction) {
    int status =
        switch (delivery) {
          case DELIVERED -> 0;
          case NO_ACK -> 0xE9;
          case NO_ROUTE -> 0xCD;
          case EXPIRED -> 0xF0;
        };
    callback.accept(0x80, new byte[] {(byte) status, (byte) endpoint, (byte) transaction});
  }

  /** A message from the air for an endpoint of the host. */
  void incoming(ApsMessage m, int linkQuality) {
    boolean group = m.mode() == ApsMessage.Mode.GROUP;
    callback.accept(
        0x81,
        new FrameWriter()
            .u16(group ? m.destination() : 0)
            .u16(m.cluster())
            .u16(m.source())
            .u8(m.sourceEndpoint())
            .u8(m.endpoint())
            .u8(m.mode() == ApsMessage.Mode.UNICAST ? 0 : 1)
            .u8(linkQuality)
            .u8(0)
            .u32(System.nanoTime() / 320_000) // MAC time in units of 320 us
            .u8(sequence++)
            .u8(m.data().length)
            .bytes(m.data())
            .u16(m.source())
            .u8(29)
            .done());
  }
}
