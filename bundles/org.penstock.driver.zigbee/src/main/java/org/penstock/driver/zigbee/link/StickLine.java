package org.penstock.driver.zigbee.link;

import java.io.IOException;

/** Bytes to and from a coordinator. One thread reads; any thread may write or close. */
public interface StickLine extends AutoCloseable {

  /** Opens the line to one coordinator. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens the line.
     *
     * @throws IOException when it can't be; says what to do
     */
    StickLine open() throws IOException;
  }

  /**
   * Waits for bytes, as long as it takes.
   *
   * @return how many, 1 or more
   * @throws IOException when the line is gone; never an endless row of "nothing", on which a reader
   *     would spin
   */
  int read(byte[] into) throws IOException;

  /**
   * Sends bytes; calls do not mix.
   *
   * @throws IOException when the line is gone
   */
  void write(byte[] bytes) throws IOException;

  @Override
  void close();
}
