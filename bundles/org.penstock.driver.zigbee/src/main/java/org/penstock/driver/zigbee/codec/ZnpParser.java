package org.penstock.driver.zigbee.codec;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts frames out of a stream of bytes. What is no frame is left out, and the search goes on one byte
 * after the start byte that promised one, so that a damaged frame does not swallow the next. One
 * thread.
 */
public final class ZnpParser {

  private static final int OVERHEAD = 5; // start, length, two of command, checksum

  private final byte[] buffer = new byte[2 * (ZnpFrame.MAX_DATA + OVERHEAD)];
  private int length;
  private long garbled;

  /**
   * Takes bytes as they come.
   *
   * @param frames gets each whole frame
   */
  public void feed(byte[] bytes, int offset, int count, Consumer<ZnpFrame> frames) {
    for (int i = offset; i < offset + count; i++) {
      buffer[length++] = bytes[i]; // drain leaves less than one frame
      drain(frames);
    }
  }

  /** Frames and stray pieces that were left out. */
  public long garbled() {
    return garbled;
  }

  private void drain(Consumer<ZnpFrame> frames) {
    int at = 0;
    while (at < length) {
      if ((buffer[at] & 0xff) != ZnpFrame.START) {
        at++;
        continue;
      }
      if (length - at < 2) {
        break;
      }
      int data = buffer[at + 1] & 0xff;
      int end = at + data + OVERHEAD;
      if (data > ZnpFrame.MAX_DATA) {
        garbled++;
        at++;
      } else if (end > length) {
        break;
      } else if (ZnpFrame.checksum(buffer, at + 1, end - 1) != buffer[end - 1]
          || (buffer[at + 2] & 0x80) != 0) {
        garbled++;
        at++;
      } else {
        frames.accept(
            new ZnpFrame(
                ZnpFrame.Type.values()[buffer[at + 2] >> 5 & 3],
                buffer[at + 2] & 0x1f,
                buffer[at + 3] & 0xff,
                Arrays.copyOfRange(buffer, at + 4, end - 1)));
        at = end;
      }
    }
    System.arraycopy(buffer, at, buffer, 0, length - at);
    length -= at;
  }
}
