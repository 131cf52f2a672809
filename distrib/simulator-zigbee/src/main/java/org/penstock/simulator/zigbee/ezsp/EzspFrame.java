package org.penstock.simulator.zigbee.ezsp;

import org.penstock.simulator.zigbee.network.FrameReader;
import org.penstock.simulator.zigbee.network.FrameWriter;

/**
 * An EZSP frame: the three-octet header of the first versions, or the five-octet one of version 8 and later.
 *
 * @param isLegacy whether the header has three octets
 */
record EzspFrame(boolean isLegacy, int sequence, int id, byte... parameters) {

  private static final int RESPONSE = 0x80;
  private static final int CALLBACK = 0x90;

  /** A command of the host; once the version is agreed on, only that of version may be legacy. */
  static EzspFrame read(byte... data) {
    FrameReader in = new FrameReader(data);
    int sequence = in.u8();
    in.u8();
    int third = in.u8();
    // In the longer header the third octet tells the frame format, which is 1; as a legacy id that
    // is "set to 1".
    if (third == 1 && in.left() >= 2) {
      return new EzspFrame(false, sequence, in.u16(), in.rest());
    }
    return new EzspFrame(true, sequence, third, in.rest());
  }

  /** The answer in the header of the command. */
  byte[] answer(byte... result) {
    return encode(isLegacy, sequence, RESPONSE, id, result);
  }

  /** The answer to what is not known: invalidCommand with its reason. */
  byte[] refusal(int reason) {
    return encode(isLegacy, sequence, RESPONSE, 0x58, (byte) reason);
  }

  static byte[] callback(int sequence, int id, byte... parameters) {
    return encode(false, sequence, CALLBACK, id, parameters);
  }

  private static byte[] encode(
      boolean legacy, int sequence, int control, int id, byte... parameters) {
    FrameWriter out = new FrameWriter().u8(sequence).u8(control);
    if (legacy) {
      out.u8(id);
    } else {
      out.u8(1).u16(id);
    }
    return out.bytes(parameters).done();
  }
}
