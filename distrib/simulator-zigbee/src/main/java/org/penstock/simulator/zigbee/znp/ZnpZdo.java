package org.penstock.simulator.zigbee.znp;

import java.util.function.BiConsumer;
import org.penstock.simulator.zigbee.network.ApsMessage;
import org.penstock.simulator.zigbee.network.Coordinator;
import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;
import org.penstock.simulator.zigbee.network.VirtualNode;

/** ZDO commands: the host's requests become ZDO messages on the air, devices' answers become callbacks. */
final class ZnpZdo {

  private static final int FIRST_BROADCAST = 0xFFF8;
  private static final int ALL_LISTENING = 0xFFFD;

  private final Coordinator coordinator;
  private final ZnpNetwork network;
  private final BiConsumer<Integer, byte[]> callback;
  private boolean isRegistered;
  private int sequence;

  /** Callbacks are given as ZDO command number and data. */
  ZnpZdo(Coordinator coordinator, ZnpNetwork network, BiConsumer<Integer, byte[]> callback) {
    this.coordinator = coordinator;
    this.network = network;
    this.callback = callback;
  }

  void reset() {
    isRegistered = false;
  }

  /** Answer to a synchronous request, null when it is not known. */
  byte[] answer(int command, FrameReader in) {
    return switch (command) {
      case 0x00 -> request(ALL_LISTENING, 0x0000, in.rest());
      case 0x01 -> byAddress(0x0001, in);
      case 0x02, 0x03, 0x04, 0x05, 0x06 -> request(in.u16(), command, in.rest());
      case 0x21, 0x22 -> request(in.u16(), command, bindingOf(in));
      case 0x31, 0x32, 0x33 -> request(in.u16(), command, in.rest());
      case 0x34 -> leave(in);
      case 0x36 -> permitJoin(in);
      case 0x37 -> scan(in);
      case 0x3E -> {
        isRegistered = true;
        yield new byte[] {0};
      }
      case 0x40 -> startFromApplication();
      case 0x45, 0x46, 0x47 -> new byte[] {0};
      case 0x4A -> findGroup(in.u8(), in.u16());
      case 0x4B -> addGroup(in.u8(), in.u16());
      case 0x50 -> information();
      default -> null;
    };
  }

  private byte[] byAddress(int cluster, FrameReader in) {
    int address = in.u16();
    byte[] body = new FrameWriter().u16(address).bytes(in.rest()).done();
    return request(address, cluster, body);
  }

  private byte[] request(int destination, int cluster, byte... body) {
    if (!coordinator.isUp()) {
      return new byte[] {(byte) 0xC2};
    }
    byte[] data = new FrameWriter().u8(sequence++).bytes(body).done();
    ApsMessage.Mode mode =
        destination >= FIRST_BROADCAST ? ApsMessage.Mode.BROADCAST : ApsMessage.Mode.UNICAST;
    coordinator.send(
        new ApsMessage(0, 0, mode, destination, 0, ApsMessage.ZDO, cluster, data), d -> {});
    return new byte[] {0};
  }

  /** Source address, endpoint, cluster and the destination, whose address has always eight octets here. */
  private static byte[] bindingOf(FrameReader in) {
    byte[] source = in.bytes(8 + 1 + 2);
    int mode = in.u8();
    FrameWriter out = new FrameWriter().bytes(source).u8(mode);
    if (mode == 1) {
      return out.u16(in.u16()).done();
    }
    return out.bytes(in.bytes(8)).u8(in.u8()).done();
  }

  private byte[] leave(FrameReader in) {
    int destination = in.u16();
    long ieee = in.u64();
    int flags = in.u8();
    int onAir = (flags & 1) << 7 | (flags & 2) << 5 | flags & 0xC0;
    return request(destination, 0x0034, new FrameWriter().u64(ieee).u8(onAir).done());
  }

  private byte[] permitJoin(FrameReader in) {
    in.u8();
    int destination = in.u16();
    int seconds = in.u8();
    if (!coordinator.isUp()) {
      return new byte[] {(byte) 0xC2};
    }
    coordinator.permitJoin(seconds);
    if (destination != 0) {
      request(destination, 0x0036, (byte) seconds, (byte) 1);
    }
    coordinator.loop().run(() -> callback.accept(0xB6, new byte[] {0, 0, 0}));
    return new byte[] {0};
  }

  private byte[] scan(FrameReader in) {
    int destination = in.u16();
    in.u8();
    long mask = in.u32();
    int duration = in.u8();
    if (destination != 0 || duration > 5) {
      return new byte[] {0};
    }
    FrameWriter out = new FrameWriter().u16(0).u8(0).u32(mask).u16(100).u16(1);
    out.u8(Long.bitCount(mask));
    for (int channel = 11; channel <= 26; channel++) {
      if ((mask >> channel & 1) != 0) {
        out.u8(20 + channel);
      }
    }
    coordinator.after(200, () -> callback.accept(0xB8, out.done()));
    return new byte[] {0};
  }

  private byte[] startFromApplication() {
    boolean resumes = network.hasNetwork();
    coordinator.after(
        200,
        () -> {
          if (resumes) {
            network.resume();
          } else {
            network.form();
          }
          started();
        });
    return new byte[] {(byte) (resumes ? 0 : 1)};
  }

  /** The coordinator is on the air: state 9. */
  void started() {
    callback.accept(0xC0, new byte[] {9});
  }

  private byte[] findGroup(int endpoint, int group) {
    int status = coordinator.isIn(endpoint, group) ? 0 : 1;
    return new FrameWriter().u8(status).u16(group).u8(0).done();
  }

  private byte[] addGroup(int endpoint, int group) {
    coordinator.group(endpoint, group);
    return new byte[] {0};
  }

  private byte[] information() {
    boolean up = coordinator.isUp();
    return new FrameWriter()
        .u16(up ? 0 : 0xFFFE)
        .u8(up ? 9 : 0)
        .u16(up ? coordinator.parameters().panId() : 0xFFFF)
        .u16(up ? 0 : 0xFFFE)
        .u64(up ? coordinator.parameters().extendedPanId() : 0)
        .u64(0)
        .u8(up ? coordinator.parameters().channel() : 0)
        .done();
  }

  /** A ZDO message from the air (or from the coordinator's own ZDO). */
  void incoming(ApsMessage m) {
    FrameReader in = new FrameReader(m.data());
    int tsn = in.u8();
    byte[] body = in.rest();
    if (isRegistered) {
      boolean broadcast = m.mode() == ApsMessage.Mode.BROADCAST;
      callback.accept(
          0xFF,
          new FrameWriter()
              .u16(m.source())
              .u8(broadcast ? 1 : 0)
              .u16(m.cluster())
              .u8(0)
              .u8(tsn)
              .u16(broadcast ? ALL_LISTENING : 0)
              .bytes(body)
              .done());
    }
    if (m.cluster() == ApsMessage.DEVICE_ANNOUNCE) {
      callback.accept(0xC1, new FrameWriter().u16(m.source()).bytes(body).done());
    } else if (m.cluster() == 0x8000 || m.cluster() == 0x8001) {
      // These two have no source in front, and a start index and a count behind.
      callback.accept(0x80 | m.cluster() & 0x7F, new FrameWriter().bytes(body).u8(0).u8(0).done());
    } else if (m.cluster() >= 0x8000) {
      callback.accept(
          0x80 | m.cluster() & 0x7F, new FrameWriter().u16(m.source()).bytes(body).done());
    }
  }

  void joined(VirtualNode node) {
    callback.accept(
        0xCA,
        new FrameWriter().u16(node.shortAddress()).u64(node.ieee()).u16(node.parent()).done());
  }

  void left(VirtualNode node) {
    callback.accept(
        0xC9, new FrameWriter().u16(node.shortAddress()).u64(node.ieee()).u8(0).u8(0).u8(0).done());
  }

  void permitJoin(int seconds) {
    callback.accept(0xCB, new byte[] {(byte) seconds});
  }
}
