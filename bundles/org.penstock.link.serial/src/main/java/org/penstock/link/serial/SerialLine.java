package org.penstock.link.serial;

import java.io.IOException;

/** An open serial line. One thread reads and writes; any thread may close. */
public interface SerialLine extends AutoCloseable {

  /** Opens lines. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens the line.
     *
     * @throws IOException when it is not there, not allowed, or in use; the message says what to do
     */
    SerialLine open(SerialSettings settings) throws IOException;
  }

  /**
   * Waits for bytes.
   *
   * @param timeoutNanos how long at most; 0 not at all
   * @return how many were read; 0 when none came in time
   * @throws IOException when the line is gone
   */
  int read(byte[] into, int offset, int length, long timeoutNanos) throws IOException;

  /**
   * Hands bytes to the line; may return before they have left it.
   *
   * @throws IOException when the line is gone
   */
  void write(byte[] from, int offset, int length) throws IOException;

  /** Closes the line. */
  @Override
  void close();
}
