package org.penstock.driver.lorawan.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One MAC command (LoRaWAN 1.0.3 section 5), its fields read by the methods for its kind. Pure.
 *
 * @param kind what it is
 * @param content without the identifier; as long as the kind says for its direction
 */
public record MacCommand(Kind kind, byte[] content) {

  /** The commands of 1.0.x: identifier, bytes from the device, bytes to it. */
  public enum Kind {
    /** A device asks how well it is heard. */
    LINK_CHECK(0x02, 0, 2),
    /** Data rate, power, channels. */
    LINK_ADR(0x03, 1, 4),
    /** How much a device may send. */
    DUTY_CYCLE(0x04, 0, 1),
    /** The receive windows. */
    RX_PARAM_SETUP(0x05, 1, 4),
    /** Battery and margin. */
    DEV_STATUS(0x06, 2, 0),
    /** Another channel. */
    NEW_CHANNEL(0x07, 1, 5),
    /** Delay of RX1. */
    RX_TIMING_SETUP(0x08, 0, 1),
    /** Dwell time and power. */
    TX_PARAM_SETUP(0x09, 0, 1),
    /** A channel's frequency down. */
    DL_CHANNEL(0x0a, 1, 4),
    /** A device asks for the time. */
    DEVICE_TIME(0x0d, 0, 5);

    private final int id;
    private final int up;
    private final int down;

    Kind(int id, int up, int down) {
      this.id = id;
      this.up = up;
      this.down = down;
    }

    private static Kind of(int id) throws FrameException {
      for (Kind kind : values()) {
        if (kind.id == id) {
          return kind;
        }
      }
      boolean newer = id == 0x01 || id == 0x0b || id == 0x0c || id == 0x0e || id == 0x0f;
      throw new FrameException(
          newer
              ? "MAC command 0x0" + Integer.toHexString(id) + " of LoRaWAN 1.1; 1.0.x is served"
              : "unknown MAC command 0x" + Integer.toHexString(id));
    }
  }

  /** What was understood, and why not the rest; empty when all was. */
  public record Parsed(List<MacCommand> commands, String problem) {}

  /**
   * Reads commands up to the first that is unknown or cut off, as the specification asks.
   *
   * @param up from a device
   */
  public static Parsed parse(byte[] bytes, boolean up) {
    List<MacCommand> commands = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      try {
        Kind kind = Kind.of(bytes[at] & 0xff);
        int end = at + 1 + (up ? kind.up : kind.down);
        if (end > bytes.length) {
          return new Parsed(commands, kind + " is cut off");
        }
        commands.add(new MacCommand(kind, Arrays.copyOfRange(bytes, at + 1, end)));
        at = end;
      } catch (FrameException unknown) {
        return new Parsed(commands, unknown.getMessage());
      }
    }
    return new Parsed(commands, "");
  }

  /** The bytes of commands, one after the other. */
  public static byte[] encode(List<MacCommand> commands) {
    byte[] out = new byte[commands.stream().mapToInt(MacCommand::length).sum()];
    int at = 0;
    for (MacCommand command : commands) {
      out[at] = (byte) command.kind.id;
      System.arraycopy(command.content, 0, out, at + 1, command.content.length);
      at += command.length();
    }
    return out;
  }

  /** Bytes with the identifier. */
  public int length() {
    return 1 + content.length;
  }

  /** All bits of an answer's status are set: the device has done what it was asked. */
  public boolean accepted() {
    int all =
        switch (kind) {
          case LINK_ADR, RX_PARAM_SETUP -> 7;
          case NEW_CHANNEL, DL_CHANNEL -> 3;
          default -> 0;
        };
    return content.length == 0 || (content[0] & all) == all;
  }

  /** Of DEV_STATUS: 0 external power, 1 to 254 of 254, 255 unknown. */
  public int battery() {
    return content[0] & 0xff;
  }

  /** Of DEV_STATUS: signal to noise of the last request at the device, -32 to 31 dB. */
  public int margin() {
    return content[1] << 26 >> 26;
  }

  /**
   * How well a device is heard.
   *
   * @param margin above the demodulation floor, 0 to 254 dB
   * @param gateways that heard it, 1 to 255
   */
  public static MacCommand linkCheck(int margin, int gateways) {
    return of(Kind.LINK_CHECK, Math.max(0, Math.min(254, margin)), Math.min(255, gateways));
  }

  /**
   * Data rate, power and channels of a device.
   *
   * @param power TXPower, 0 to 15
   * @param mask of 16 channels
   * @param control ChMaskCntl, 0 to 7
   * @param repeats NbTrans, 1 to 15
   */
  public static MacCommand linkAdr(int dataRate, int power, int mask, int control, int repeats) {
    return of(Kind.LINK_ADR, dataRate << 4 | power, mask, mask >> 8, control << 4 | repeats);
  }

  /** Asks for battery and margin. */
  public static MacCommand devStatus() {
    return of(Kind.DEV_STATUS);
  }

  /** Seconds from the end of an uplink to RX1, 1 to 15. */
  public static MacCommand rxTiming(int seconds) {
    return of(Kind.RX_TIMING_SETUP, seconds);
  }

  /** Most that a device may send: one part in 2^exponent of the time, 0 to 15. */
  public static MacCommand dutyCycle(int exponent) {
    return of(Kind.DUTY_CYCLE, exponent);
  }

  /** The receive windows; frequency of RX2 in Hz. */
  public static MacCommand rxParam(int rx1Offset, int rx2DataRate, int hertz) {
    int f = hertz / 100;
    return of(Kind.RX_PARAM_SETUP, rx1Offset << 4 | rx2DataRate, f, f >> 8, f >> 16);
  }

  /** Another channel; frequency in Hz, 0 to remove it. */
  public static MacCommand newChannel(int index, int hertz, int minDataRate, int maxDataRate) {
    int f = hertz / 100;
    return of(Kind.NEW_CHANNEL, index, f, f >> 8, f >> 16, maxDataRate << 4 | minDataRate);
  }

  /** Dwell times and the code of the greatest power, 0 to 15. */
  public static MacCommand txParam(boolean downDwell, boolean upDwell, int eirp) {
    return of(Kind.TX_PARAM_SETUP, (downDwell ? 0x20 : 0) | (upDwell ? 0x10 : 0) | eirp);
  }

  /**
   * The time.
   *
   * @param gpsMillis since the GPS epoch, leap seconds included
   */
  public static MacCommand time(long gpsMillis) {
    long s = gpsMillis / 1_000;
    int fraction = (int) (gpsMillis % 1_000 * 256 / 1_000);
    return of(
        Kind.DEVICE_TIME, (int) s, (int) (s >> 8), (int) (s >> 16), (int) (s >> 24), fraction);
  }

  private static MacCommand of(Kind kind, int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return new MacCommand(kind, bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MacCommand that
        && kind == that.kind
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return kind + " " + java.util.HexFormat.of().formatHex(content);
  }
}
