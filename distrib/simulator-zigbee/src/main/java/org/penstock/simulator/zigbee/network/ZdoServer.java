package org.penstock.simulator.zigbee.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Answers ZigBee device objects' requests for one node (ZigBee 2.4.3, 2.4.4), the coordinator's own included. */
final class ZdoServer {

  private static final int LEAVE = 0x0034;
  private static final int NOT_SUPPORTED = 0x84;
  private static final int DEVICE_NOT_FOUND = 0x81;
  private static final int NOT_ACTIVE = 0x82;
  private static final int NO_ENTRY = 0x88;
  private static final int TABLE_FULL = 0x8C;
  private static final int MOST_BINDINGS = 16;

  private final VirtualNode self;

  ZdoServer(VirtualNode self) {
    this.self = self;
  }

  void handle(ApsMessage message) {
    FrameReader in = new FrameReader(message.data());
    int cluster = message.cluster();
    boolean request = cluster < 0x8000 && cluster != ApsMessage.DEVICE_ANNOUNCE && cluster != 0x1F;
    if (!request || in.left() < 1) {
      return;
    }
    int sequence = in.u8();
    try {
      byte[] answer = answer(cluster, in, message.mode() != ApsMessage.Mode.UNICAST);
      if (answer != null) {
        byte[] body = new FrameWriter().u8(sequence).bytes(answer).done();
        self.answer(message, cluster | 0x8000, body);
      }
      if (cluster == LEAVE && answer != null && answer[0] == 0) {
        boolean comesBack = in.left() > 0 && (in.u8() & 0x80) != 0;
        self.network().leaves(self, comesBack);
      }
    } catch (FrameReader.ShortFrame e) {
      self.answer(message, cluster | 0x8000, (byte) sequence, (byte) 0x80);
    }
  }

  private byte[] answer(int cluster, FrameReader in, boolean isBroadcast) {
    return switch (cluster) {
      case 0x0000 -> address(self.network().table().byIeee(in.u64()), isBroadcast);
      case 0x0001 -> address(self.network().table().byShort(in.u16()), isBroadcast);
      case 0x0002 -> node(in.u16());
      case 0x0003 -> power(in.u16());
      case 0x0004 -> simple(in.u16(), in.u8());
      case 0x0005 -> active(in.u16());
      case 0x0006 -> match(in);
      case 0x0021 -> bind(in);
      case 0x0022 -> unbind(in);
      case 0x0031 -> page(in.u8(), 3, neighbours());
      case 0x0032 -> page(in.u8(), 8, routes());
      case 0x0033 -> page(in.u8(), 3, bindings());
      case LEAVE -> leave(in.u64()); // its flags are looked at once the answer is out
      case 0x0036 -> isBroadcast ? null : status(0);
      default -> isBroadcast ? null : status(NOT_SUPPORTED);
    };
  }

  private static byte[] status(int status) {
    return new byte[] {(byte) status};
  }

  private byte[] address(VirtualNode asked, boolean isBroadcast) {
    if (asked != self) {
      byte[] none = new FrameWriter().u8(DEVICE_NOT_FOUND).u64(0).u16(0).done();
      return isBroadcast ? null : none;
    }
    return new FrameWriter().u8(0).u64(self.ieee()).u16(self.shortAddress()).done();
  }

  private FrameWriter head(int address) {
    boolean mine = address == self.shortAddress();
    return new FrameWriter().u8(mine ? 0 : DEVICE_NOT_FOUND).u16(address);
  }

  private byte[] node(int address) {
    boolean coordinator = self.type() == NodeType.COORDINATOR;
    return head(address)
        .u8(self.type().code)
        .u8(0x40) // 2.4 GHz
        .u8(self.type().capability)
        .u16(self.manufacturerCode())
        .u8(82)
        .u16(82)
        .u16(coordinator ? 0x2C41 : 0x2C00) // stack revision 22
        .u16(82)
        .u8(0)
        .done();
  }

  private byte[] power(int address) {
    boolean battery = self.type() == NodeType.SLEEPY;
    return head(address).u8(battery ? 0x40 : 0x10).u8(battery ? 0xC4 : 0xC1).done();
  }

  private byte[] simple(int address, int id) {
    VirtualEndpoint e = self.endpoints().get(id);
    if (e == null) {
      return new FrameWriter().u8(NOT_ACTIVE).u16(address).u8(0).done();
    }
    FrameWriter d = new FrameWriter().u8(id).u16(ApsMessage.HA).u16(e.deviceId()).u8(1);
    clusters(d, e.inputs());
    clusters(d, e.outputs());
    byte[] descriptor = d.done();
    return head(address).u8(descriptor.length).bytes(descriptor).done();
  }

  private static void clusters(FrameWriter out, Set<Integer> clusters) {
    out.u8(clusters.size());
    clusters.forEach(out::u16);
  }

  private byte[] active(int address) {
    return list(address, self.endpoints().keySet());
  }

  private byte[] list(int address, Collection<Integer> ids) {
    FrameWriter out = head(address).u8(ids.size());
    ids.forEach(out::u8);
    return out.done();
  }

  private byte[] match(FrameReader in) {
    int address = in.u16();
    int profile = in.u16();
    Set<Integer> inputs = clusters(in);
    Set<Integer> outputs = clusters(in);
    List<Integer> ids = new ArrayList<>();
    for (VirtualEndpoint e : self.endpoints().values()) {
      boolean any =
          e.inputs().stream().anyMatch(inputs::contains)
              || e.outputs().stream().anyMatch(outputs::contains);
      if (profile == ApsMessage.HA && any) {
        ids.add(e.id());
      }
    }
    return list(self.shortAddress(), ids);
  }

  private static Set<Integer> clusters(FrameReader in) {
    Set<Integer> clusters = new TreeSet<>();
    for (int n = in.u8(); n > 0; n--) {
      clusters.add(in.u16());
    }
    return clusters;
  }

  private byte[] bind(FrameReader in) {
    long source = in.u64();
    Binding binding = Binding.read(in);
    List<Binding> table = self.bindings();
    if (source != self.ieee() || !self.endpoints().containsKey(binding.endpoint())) {
      return status(NOT_SUPPORTED);
    }
    if (!table.contains(binding)) {
      if (table.size() == MOST_BINDINGS) {
        return status(TABLE_FULL);
      }
      table.add(binding);
    }
    return status(0);
  }

  private byte[] unbind(FrameReader in) {
    in.u64();
    return status(self.bindings().remove(Binding.read(in)) ? 0 : NO_ENTRY);
  }

  private static byte[] page(int start, int most, List<byte[]> entries) {
    List<byte[]> shown = entries.stream().skip(start).limit(most).toList();
    FrameWriter out = new FrameWriter().u8(0).u8(entries.size()).u8(start).u8(shown.size());
    shown.forEach(out::bytes);
    return out.done();
  }

  private List<byte[]> neighbours() {
    NetworkParameters parameters = self.network().coordinator().parameters();
    long extendedPan = parameters == null ? 0 : parameters.extendedPanId();
    List<byte[]> entries = new ArrayList<>();
    for (VirtualNode other : self.network().table().neighboursOf(self)) {
      boolean child = other.parent() == self.shortAddress();
      int relationship = child ? 1 : self.parent() == other.shortAddress() ? 0 : 2;
      int listens = other.type() == NodeType.SLEEPY ? 0 : 1;
      entries.add(
          new FrameWriter()
              .u64(extendedPan)
              .u64(other.ieee())
              .u16(other.shortAddress())
              .u8(other.type().code | listens << 2 | relationship << 4)
              .u8(2)
              .u8(other.type() == NodeType.COORDINATOR ? 0 : other.parent() == 0 ? 1 : 2)
              .u8(other.linkQuality())
              .done());
    }
    return entries;
  }

  private List<byte[]> routes() {
    List<byte[]> entries = new ArrayList<>();
    for (VirtualNode other : self.network().table().neighboursOf(self)) {
      if (other.type() == NodeType.ROUTER) {
        int address = other.shortAddress();
        entries.add(new FrameWriter().u16(address).u8(0).u16(address).done());
      }
    }
    return entries;
  }

  private List<byte[]> bindings() {
    List<byte[]> entries = new ArrayList<>();
    for (Binding b : self.bindings()) {
      FrameWriter out = new FrameWriter().u64(self.ieee());
      b.write(out);
      entries.add(out.done());
    }
    return entries;
  }

  private byte[] leave(long asked) {
    boolean mine = self.type() != NodeType.COORDINATOR && (asked == self.ieee() || asked == 0);
    return status(mine ? 0 : DEVICE_NOT_FOUND);
  }
}
