package org.penstock.driver.template.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/**
 * One frame of the toy protocol: start byte, kind, length of the text (0 to 255), the text in
 * ISO-8859-1, and a check byte, the sum of all before. Pure: no I/O, no OSGi, no clock.
 *
 * @param kind what it is
 * @param text its content
 */
public record ToyFrame(Kind kind, String text) {

  private static final byte START = 'T';
  private static final int OVERHEAD = 4;

  /** What a frame is. */
  public enum Kind {
    /** Asks for a value; the text is the address. */
    READ('R'),
    /** Sets a value; the text is {@code address=value}. */
    WRITE('W'),
    /** The answer; the text is the value. */
    ANSWER('='),
    /** The device refuses; the text says why. */
    REFUSAL('!');

    private final byte code;

    Kind(char code) {
      this.code = (byte) code;
    }
  }

  /** The bytes of this frame. */
  public byte[] encode() {
    byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] frame = new byte[content.length + OVERHEAD];
    frame[0] = START;
    frame[1] = kind.code;
    frame[2] = (byte) content.length;
    System.arraycopy(content, 0, frame, 3, content.length);
    frame[frame.length - 1] = sum(frame, frame.length - 1);
    return frame;
  }

  /**
   * Takes bytes apart.
   *
   * @throws DriverException of kind RETRIABLE when they are not exactly one undamaged frame
   */
  public static ToyFrame decode(byte[] bytes) throws DriverException {
    if (bytes.length < OVERHEAD || bytes[0] != START) {
      throw damaged("no frame");
    }
    if (bytes.length != (bytes[2] & 0xff) + OVERHEAD) {
      throw damaged("wrong length");
    }
    if (bytes[bytes.length - 1] != sum(bytes, bytes.length - 1)) {
      throw damaged("wrong check byte");
    }
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(known -> known.code == bytes[1])
            .findFirst()
            .orElseThrow(() -> damaged("unknown kind"));
    String text = new String(bytes, 3, bytes.length - OVERHEAD, StandardCharsets.ISO_8859_1);
    return new ToyFrame(kind, text);
  }

  private static byte sum(byte[] bytes, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      sum += bytes[i];
    }
    return (byte) sum;
  }

  private static DriverException damaged(String how) {
    return new DriverException(ErrorKind.RETRIABLE, "", "damaged frame: " + how);
  }
}
