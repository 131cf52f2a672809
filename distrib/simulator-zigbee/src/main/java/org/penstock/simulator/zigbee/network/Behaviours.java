package org.penstock.simulator.zigbee.network;

/** What lamps, covers, zones and the like do on command, each cluster's server side once. */
final class Behaviours {

  static final int GROUPS = 0x0004;
  static final int ON_OFF = 0x0006;
  static final int LEVEL = 0x0008;
  static final int COVER = 0x0102;
  static final int THERMOSTAT = 0x0201;
  static final int COLOUR = 0x0300;
  static final int IAS_ZONE = 0x0500;

  private Behaviours() {}

  /** Identify: 00 sets the time, 01 asks for it, 40 shows an effect. */
  static int identify(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    return switch (command) {
      case 0x00 -> {
        self.change(0x0003, 0, in.u16());
        yield ZclStatus.SUCCESS;
      }
      case 0x01, 0x40 -> ZclStatus.SUCCESS;
      default -> ZclStatus.UNSUPPORTED_COMMAND;
    };
  }

  /** Groups: add, view, membership, remove, remove all. */
  static int groups(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    switch (command) {
      case 0x00 -> {
        int group = in.u16();
        self.groups().add(group);
        answer.send(0x00, new FrameWriter().u8(0).u16(group).done());
      }
      case 0x01 -> {
        int group = in.u16();
        int status = self.groups().contains(group) ? 0 : ZclStatus.NOT_FOUND;
        answer.send(0x01, new FrameWriter().u8(status).u16(group).u8(0).done());
      }
      case 0x02 -> {
        FrameWriter out = new FrameWriter().u8(0xFE).u8(self.groups().size());
        self.groups().forEach(out::u16);
        answer.send(0x02, out.done());
      }
      case 0x03 -> {
        int group = in.u16();
        int status = self.groups().remove(group) ? 0 : ZclStatus.NOT_FOUND;
        answer.send(0x03, new FrameWriter().u8(status).u16(group).done());
      }
      case 0x04 -> {
        self.groups().clear();
        return ZclStatus.SUCCESS;
      }
      default -> {
        return ZclStatus.UNSUPPORTED_COMMAND;
      }
    }
    return ClusterBehaviour.ANSWERED;
  }

  /** On/off: off, on, toggle, off with effect, on with recall, on with timed off. */
  static int onOff(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    long now = self.number(ON_OFF, 0);
    long next =
        switch (command) {
          case 0x00, 0x40 -> 0;
          case 0x01, 0x41, 0x42 -> 1;
          case 0x02 -> 1 - now;
          default -> -1;
        };
    if (next < 0) {
      return ZclStatus.UNSUPPORTED_COMMAND;
    }
    self.change(ON_OFF, 0, next);
    return ZclStatus.SUCCESS;
  }

  /** Level: move to level, move, step, stop; commands 04 to 07 are the same with on/off. */
  static int level(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    boolean withOnOff = command >= 4;
    long now = self.number(LEVEL, 0);
    long next =
        switch (command & 3) {
          case 0 -> in.u8();
          case 1 -> in.u8() == 0 ? 254 : 1;
          case 2 -> in.u8() == 0 ? now + in.u8() : now - in.u8();
          default -> now;
        };
    if (command > 7) {
      return ZclStatus.UNSUPPORTED_COMMAND;
    }
    next = Math.max(0, Math.min(254, next));
    if (withOnOff) {
      self.change(ON_OFF, 0, next > 0 ? 1 : 0);
    } else if (self.number(ON_OFF, 0) == 0) {
      return ZclStatus.SUCCESS; // a lamp that is off ignores what does not switch it on
    }
    self.change(LEVEL, 0, Math.max(1, next));
    return ZclStatus.SUCCESS;
  }

  /** Colour: hue, saturation, both, xy, temperature. */
  static int colour(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    switch (command) {
      case 0x00 -> mode(self, 0).change(COLOUR, 0, in.u8());
      case 0x03 -> mode(self, 0).change(COLOUR, 1, in.u8());
      case 0x06 -> {
        mode(self, 0).change(COLOUR, 0, in.u8());
        self.change(COLOUR, 1, in.u8());
      }
      case 0x07 -> {
        mode(self, 1).change(COLOUR, 3, in.u16());
        self.change(COLOUR, 4, in.u16());
      }
      case 0x0A -> mode(self, 2).change(COLOUR, 7, in.u16());
      case 0x47 -> self.number(COLOUR, 8);
      default -> {
        return ZclStatus.UNSUPPORTED_COMMAND;
      }
    }
    return ZclStatus.SUCCESS;
  }

  private static VirtualEndpoint mode(VirtualEndpoint self, int mode) {
    self.change(COLOUR, 8, mode);
    return self;
  }

  /** Cover: open, close, stop, go to lift percentage, go to tilt percentage (100 = closed). */
  static int cover(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    switch (command) {
      case 0x00 -> self.change(COVER, 8, 0);
      case 0x01 -> self.change(COVER, 8, 100);
      case 0x02 -> self.number(COVER, 8);
      case 0x05, 0x08 -> {
        int percent = in.u8();
        if (percent > 100) {
          return ZclStatus.INVALID_VALUE;
        }
        self.change(COVER, command == 0x05 ? 8 : 9, percent);
      }
      default -> {
        return ZclStatus.UNSUPPORTED_COMMAND;
      }
    }
    return ZclStatus.SUCCESS;
  }

  /** Thermostat: raise or lower the set points by tenths of a degree. */
  static int thermostat(
      VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
    if (command != 0x00) {
      return ZclStatus.UNSUPPORTED_COMMAND;
    }
    int mode = in.u8();
    int tenths = (byte) in.u8();
    if (mode == 0 || mode == 2) {
      self.change(THERMOSTAT, 0x12, self.number(THERMOSTAT, 0x12) + tenths * 10L);
    }
    if (mode == 1 || mode == 2) {
      self.change(THERMOSTAT, 0x11, self.number(THERMOSTAT, 0x11) + tenths * 10L);
    }
    return ZclStatus.SUCCESS;
  }

  /** A zone enrols (ZCL 8.2.2.2): the host writes its address, the zone asks, the host answers with a zone id. */
  static final class IasZone implements ClusterBehaviour {

    private static final int CIE_ADDRESS = 0x0010;

    @Override
    public int command(
        VirtualEndpoint self, int command, FrameReader in, ClusterBehaviour.Answer answer) {
      if (command != 0x00) {
        return ZclStatus.UNSUPPORTED_COMMAND;
      }
      int code = in.u8();
      int zone = in.u8();
      if (code == 0 && self.number(IAS_ZONE, CIE_ADDRESS) != 0) {
        self.change(IAS_ZONE, 0x0000, 1);
        self.change(IAS_ZONE, 0x0011, zone);
      }
      return ZclStatus.SUCCESS;
    }

    @Override
    public void written(VirtualEndpoint self, Attribute attribute, int writer) {
      if (attribute.key.id() == CIE_ADDRESS && self.number(IAS_ZONE, 0x0000) == 0) {
        int type = (int) self.number(IAS_ZONE, 0x0001);
        int maker = self.node().manufacturerCode();
        tellClient(self, 0x01, new FrameWriter().u16(type).u16(maker).done());
      }
    }
  }

  /** A zone tells its state: kept in the attribute, and sent as a status change notification. */
  static void zoneStatus(VirtualEndpoint self, int status) {
    self.change(IAS_ZONE, 0x0002, status);
    int zone = (int) self.number(IAS_ZONE, 0x0011);
    byte[] body = new FrameWriter().u16(status).u8(0).u8(zone).u16(0).done();
    tellClient(self, 0x00, body);
  }

  private static void tellClient(VirtualEndpoint self, int command, byte... payload) {
    VirtualNode node = self.node();
    byte[] frame = ZclHeader.fromServer(true, 0, node.nextSequence(), command).with(payload);
    node.toBound(self, IAS_ZONE, true, frame);
  }
}
