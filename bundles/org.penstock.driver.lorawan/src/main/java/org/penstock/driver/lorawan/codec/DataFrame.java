package org.penstock.driver.lorawan.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Data of a device or for one (LoRaWAN 1.0.3 section 4.3).
 *
 * @param flags FCtrl without the length of FOpts
 * @param counter the low 16 bits of the frame counter, all that travels
 * @param options FOpts, 0 to 15 bytes of MAC commands
 * @param port FPort 0 to 255, or -1 when there is none
 * @param content FRMPayload as it travels, enciphered
 * @param mic as it stands in the frame, little endian
 */
public record DataFrame(
    MessageType type,
    int devAddr,
    int flags,
    int counter,
    byte[] options,
    int port,
    byte[] content,
    int mic)
    implements PhyPayload {

  /** FCtrl: the device lets the network choose its data rate, or the network does so. */
  public static final int ADR = 0x80;

  /** FCtrl up: the device has heard nothing for long. */
  public static final int ADR_ACK_REQ = 0x40;

  /** FCtrl: the last confirmed frame has arrived. */
  public static final int ACK = 0x20;

  /** FCtrl up: the device listens in class B. */
  public static final int CLASS_B = 0x10;

  /** FCtrl down: more waits for the device. */
  public static final int PENDING = 0x10;

  /** Longest FOpts, in bytes. */
  public static final int MOST_OPTIONS = 15;

  private static final int SHORTEST = 12;

  static DataFrame parse(MessageType type, ByteBuffer in) throws FrameException {
    if (in.limit() < SHORTEST) {
      throw new FrameException(
          "data of " + in.limit() + " bytes, must be " + SHORTEST + " or more");
    }
    int devAddr = in.getInt();
    int control = in.get() & 0xff;
    int counter = in.getShort() & 0xffff;
    byte[] options = new byte[control & MOST_OPTIONS];
    int end = in.limit() - Integer.BYTES;
    if (in.position() + options.length > end) {
      throw new FrameException("FOpts of " + options.length + " bytes run out of the frame");
    }
    in.get(options);
    int port = in.position() < end ? in.get() & 0xff : -1;
    byte[] content = new byte[end - in.position()];
    in.get(content);
    if (port == 0 && options.length > 0) {
      throw new FrameException("MAC commands both in FOpts and on FPort 0");
    }
    return new DataFrame(
        type, devAddr, control & 0xf0, counter, options, port, content, in.getInt());
  }

  /** Everything that the MIC covers. */
  private byte[] covered() {
    if (options.length > MOST_OPTIONS || port < 0 && content.length > 0) {
      throw new IllegalArgumentException("FOpts too long, or content without FPort");
    }
    ByteBuffer out =
        ByteBuffer.allocate(8 + options.length + (port < 0 ? 0 : 1 + content.length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) (type.ordinal() << 5))
            .putInt(devAddr)
            .put((byte) (flags | options.length))
            .putShort((short) counter)
            .put(options);
    return port < 0 ? out.array() : out.put((byte) port).put(content).array();
  }

  /**
   * The sender has the key, and its counter is this one.
   *
   * @param whole the counter's 32 bits
   */
  public boolean signedBy(AesKey nwkSKey, int whole) {
    return mic == FrameCrypto.mic(nwkSKey, type.uplink(), devAddr, whole, covered());
  }

  /** The content in clear, or ciphered when it was clear. */
  public byte[] deciphered(AesKey key, int whole) {
    return FrameCrypto.cipher(key, type.uplink(), devAddr, whole, content);
  }

  /**
   * The bytes of this frame with its content, which is still clear, ciphered and the whole signed.
   *
   * @param key NwkSKey on FPort 0, AppSKey otherwise
   * @param whole the counter's 32 bits; its low half must be {@link #counter}
   */
  public byte[] encode(AesKey nwkSKey, AesKey key, int whole) {
    byte[] ciphered = FrameCrypto.cipher(key, type.uplink(), devAddr, whole, content);
    byte[] covered =
        new DataFrame(type, devAddr, flags, counter, options, port, ciphered, 0).covered();
    int signature = FrameCrypto.mic(nwkSKey, type.uplink(), devAddr, whole, covered);
    return FrameCrypto.signed(covered, signature);
  }

  /** One of the flags of FCtrl is set. */
  public boolean has(int flag) {
    return (flags & flag) != 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DataFrame that
        && type == that.type
        && devAddr == that.devAddr
        && flags == that.flags
        && counter == that.counter
        && Arrays.equals(options, that.options)
        && port == that.port
        && Arrays.equals(content, that.content)
        && mic == that.mic;
  }

  @Override
  public int hashCode() {
    return devAddr * 31 + mic;
  }
}
