package org.penstock.simulator.zigbee.znp;

import java.util.Arrays;
import java.util.function.Consumer;
import org.penstock.simulator.zigbee.network.FrameReader;

/**
 * One frame of the monitor-and-test interface.
 *
 * @param command0 type in the upper three bits, subsystem in the lower five
 * @param command1 command number
 * @param data 0..250 octets
 */
record ZnpFrame(int command0, int command1, byte... data) {

  static final int SREQ = 0x20;
  static final int AREQ = 0x40;
  static final int SRSP = 0x60;
  static final int MOST_DATA = 250;

  private static final int START = 0xFE;

  int type() {
    return command0 & 0xE0;
  }

  int subsystem() {
    return command0 & 0x1F;
  }

  /** Subsystem and command in one number, such as 0x2401 for AF_DATA_REQUEST. */
  int key() {
    return subsystem() << 8 | command1;
  }

  FrameReader reader() {
    return new FrameReader(data);
  }

  ZnpFrame response(byte... answer) {
    return new ZnpFrame(SRSP | subsystem(), command1, answer);
  }

  byte[] encode() {
    byte[] frame = new byte[data.length + 5];
    frame[0] = (byte) START;
    frame[1] = (byte) data.length;
    frame[2] = (byte) command0;
    frame[3] = (byte) command1;
    System.arraycopy(data, 0, frame, 4, data.length);
    frame[frame.length - 1] = checksum(frame, 1, frame.length - 1);
    return frame;
  }

  private static byte checksum(byte[] bytes, int from, int to) {
    byte sum = 0;
    for (int i = from; i < to; i++) {
      sum ^= bytes[i];
    }
    return sum;
  }

  /** Finds frames in what comes in pieces; octets that begin none, and frames with a wrong checksum, are skipped. */
  static final class Parser {

    private final Consumer<ZnpFrame> out;
    private byte[] pending = {};

    Parser(Consumer<ZnpFrame> out) {
      this.out = out;
    }

    void reset() {
      pending = new byte[0];
    }

    void feed(byte... octets) {
      byte[] all = Arrays.copyOf(pending, pending.length + octets.length);
      System.arraycopy(octets, 0, all, pending.length, octets.length);
      int at = 0;
      while (at < all.length) {
        if ((all[at] & 0xFF) != START) {
          at++;
          continue;
        }
        if (all.length - at < 5) {
          break;
        }
        int length = all[at + 1] & 0xFF;
        int end = at + length + 5;
        if (length > MOST_DATA) {
          at++;
        } else if (end > all.length) {
          break;
        } else if (checksum(all, at + 1, end - 1) != all[end - 1]) {
          at++;
        } else {
          byte[] data = Arrays.copyOfRange(all, at + 4, end - 1);
          out.accept(new ZnpFrame(all[at + 2] & 0xFF, all[at + 3] & 0xFF, data));
          at = end;
        }
      }
      pending = Arrays.copyOfRange(all, Math.min(at, all.length), all.length);
    }
  }
}
