package org.penstock.driver.modbus.codec;

import java.nio.ByteBuffer;
import java.util.Optional;

/** How PDUs are put between others on a stream of bytes. Pure. */
public interface Framing {

  /** The bytes are no frame and never will be, however many follow. */
  final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether an answer tells to which request it belongs. */
  boolean hasTransactions();

  /** Longest frame in bytes. */
  int longest();

  /** Characters on the line of a frame with so many bytes of PDU. */
  int characters(int pduLength);

  /** Appends a frame at the buffer's position. */
  void encode(ByteBuffer out, int transaction, int unit, byte[] pdu);

  /**
   * Finds the answer that begins at the buffer's position; empty while bytes are missing. Does not
   * move the buffer.
   */
  Optional<Frame> decode(ByteBuffer in) throws DamagedException;

  /**
   * Bytes follow the only answer that was waited for, and they are no frame: where that cannot be
   * noise between frames, the answer itself was longer than its header says and is worth nothing.
   */
  default void refuseRest() throws DamagedException {
    if (hasTransactions()) {
      throw new DamagedException("the answer is longer than its header says");
    }
  }
}
