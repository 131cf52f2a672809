package org.penstock.driver.modbus.codec;

/**
 * Where a frame stands in a buffer.
 *
 * @param transaction id, or {@link #NO_TRANSACTION}
 * @param unit 0 to 255
 * @param pdu index of the PDU's first byte
 * @param length of the PDU
 * @param end index after the frame's last byte
 */
public record Frame(int transaction, int unit, int pdu, int length, int end) {

  /** The framing has no transaction ids. */
  public static final int NO_TRANSACTION = -1;
}
