package org.penstock.simulator.zigbee.network;

import java.util.List;

/** Reading, writing and discovering attributes (ZCL 2.5.1 to 2.5.5, 2.5.13). */
final class ZclAttributes {

  private static final int MOST_OCTETS = 70;

  private final VirtualEndpoint self;

  ZclAttributes(VirtualEndpoint self) {
    this.self = self;
  }

  byte[] read(int cluster, int manufacturer, FrameReader in) {
    FrameWriter out = new FrameWriter();
    while (in.left() > 0) {
      int id = in.u16();
      Attribute attribute = self.attribute(cluster, manufacturer, id);
      out.u16(id);
      if (attribute == null) {
        out.u8(ZclStatus.UNSUPPORTED_ATTRIBUTE);
      } else {
        out.u8(ZclStatus.SUCCESS).u8(attribute.type).bytes(attribute.value());
      }
    }
    return out.done();
  }

  /** Writes what can be written; one status when all went well, else a record for each that did not. */
  byte[] write(int cluster, int manufacturer, FrameReader in, int writer) {
    FrameWriter failures = new FrameWriter();
    boolean failed = false;
    while (in.left() > 0) {
      int id = in.u16();
      int type = in.u8();
      if (DataType.length(type) == -2) {
        failures.u8(ZclStatus.INVALID_TYPE).u16(id);
        return failures.done();
      }
      byte[] value = DataType.read(type, in);
      int status = write(cluster, manufacturer, id, type, value, writer);
      if (status != ZclStatus.SUCCESS) {
        failed = true;
        failures.u8(status).u16(id);
      }
    }
    return failed ? failures.done() : new byte[] {ZclStatus.SUCCESS};
  }

  private int write(int cluster, int maker, int id, int type, byte[] value, int writer) {
    Attribute attribute = self.attribute(cluster, maker, id);
    if (attribute == null) {
      return ZclStatus.UNSUPPORTED_ATTRIBUTE;
    }
    if (!attribute.writable) {
      return ZclStatus.READ_ONLY;
    }
    if (attribute.type != type) {
      return ZclStatus.INVALID_TYPE;
    }
    self.change(attribute, value);
    ClusterBehaviour behaviour = self.behaviour(cluster);
    if (behaviour != null) {
      behaviour.written(self, attribute, writer);
    }
    return ZclStatus.SUCCESS;
  }

  /** Attribute ids and types from a first id on; the first octet tells whether that were all. */
  byte[] discover(int cluster, int manufacturer, FrameReader in) {
    int first = in.u16();
    int most = Math.min(in.u8(), MOST_OCTETS / 3);
    List<Attribute> found =
        self.attributes(cluster, manufacturer).stream().filter(a -> a.key.id() >= first).toList();
    FrameWriter out = new FrameWriter().u8(found.size() <= most ? 1 : 0);
    found.stream().limit(most).forEach(a -> out.u16(a.key.id()).u8(a.type));
    return out.done();
  }
}
