package org.penstock.driver.modbus.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Frames in words, for people who look for a fault. Pure; takes whatever bytes there are. */
public final class FrameText {

  private static final Map<Integer, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry(1, "read coils"),
          Map.entry(2, "read discrete inputs"),
          Map.entry(3, "read holding registers"),
          Map.entry(4, "read input registers"),
          Map.entry(5, "write coil"),
          Map.entry(6, "write register"),
          Map.entry(7, "read exception status"),
          Map.entry(8, "diagnostics"),
          Map.entry(11, "read event counter"),
          Map.entry(15, "write coils"),
          Map.entry(16, "write registers"),
          Map.entry(17, "report server id"),
          Map.entry(20, "read file record"),
          Map.entry(21, "write file record"),
          Map.entry(22, "mask write register"),
          Map.entry(23, "read and write registers"),
          Map.entry(24, "read queue"),
          Map.entry(43, "read device identification"));
  private static final int EXCEPTION = 0x80;

  private FrameText() {}

  /**
   * A frame of the given framing in words.
   *
   * @param sent a request of ours, else an answer
   */
  public static String describe(Framing framing, byte[] frame, boolean sent) {
    if (framing instanceof TcpFraming) {
      return frame.length < 8
          ? "part of a frame"
          : "transaction %d, unit %d, %s"
              .formatted(word(frame, 0), frame[6] & 0xff, pdu(rest(frame, 7, 0), sent));
    }
    byte[] plain = framing instanceof AsciiFraming ? unpacked(frame) : frame;
    int check = framing instanceof AsciiFraming ? 1 : 2;
    return plain.length < 2 + check
        ? "part of a frame"
        : "unit %d, %s".formatted(plain[0] & 0xff, pdu(rest(plain, 1, check), sent));
  }

  private static byte[] rest(byte[] frame, int from, int without) {
    return Arrays.copyOfRange(frame, from, frame.length - without);
  }

  private static byte[] unpacked(byte[] frame) {
    String text = new String(frame, StandardCharsets.US_ASCII).replaceAll("[^0-9A-Fa-f]", "");
    return HexFormat.of().parseHex(text.substring(0, text.length() / 2 * 2));
  }

  private static int word(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
  }

  private static String pdu(byte[] pdu, boolean sent) {
    int code = pdu[0] & 0xff;
    if ((code & EXCEPTION) != 0 && pdu.length > 1) {
      return ModbusError.describe(pdu[1] & 0xff, code & ~EXCEPTION);
    }
    String name = FUNCTIONS.getOrDefault(code, "function " + code);
    if (sent && pdu.length >= 5) {
      boolean one = code == 5 || code == 6;
      return "%s, address %d, %s %d"
          .formatted(name, word(pdu, 1), one ? "value" : "count", word(pdu, 3));
    }
    return "%s, %d bytes".formatted(name, pdu.length - 1);
  }
}
