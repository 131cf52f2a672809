package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a radio sends: MHDR, MACPayload, MIC (LoRaWAN 1.0.3 section 4). Pure. */
public sealed interface PhyPayload permits JoinRequest, DataFrame {

  /** Longest frame of any region, in bytes. */
  int LONGEST = 255;

  /**
   * Takes a frame apart that came from a device or goes to one; nothing is deciphered or verified.
   *
   * @throws FrameException says what is wrong; frames that only LoRaWAN 1.1 knows are named so
   */
  static PhyPayload parse(byte[] bytes) throws FrameException {
    if (bytes.length == 0 || bytes.length > LONGEST) {
      throw new FrameException("a frame of " + bytes.length + " bytes, must be 1 to " + LONGEST);
    }
    if ((bytes[0] & 0x1c) != 0) {
      throw new FrameException("reserved bits of MHDR are set");
    }
    int major = bytes[0] & 3;
    if (major != 0) {
      throw new FrameException("major version " + (major + 1) + " of LoRaWAN, not 1");
    }
    MessageType type = MessageType.of(bytes[0]);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(1);
    return switch (type) {
      case JOIN_REQUEST -> JoinRequest.parse(in);
      case REJOIN_REQUEST ->
          throw new FrameException("a rejoin-request of LoRaWAN 1.1; only 1.0.x is served");
      case JOIN_ACCEPT ->
          throw new FrameException("a join-accept is told by its device's key only");
      case PROPRIETARY -> throw new FrameException("a proprietary frame");
      default -> DataFrame.parse(type, in);
    };
  }

  /** The last four bytes as they stand in the frame, read as little endian. */
  int mic();
}
