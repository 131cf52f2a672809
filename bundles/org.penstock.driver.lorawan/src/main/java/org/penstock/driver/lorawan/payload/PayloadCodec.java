package org.penstock.driver.lorawan.payload;

import java.util.Map;

/** Turns the bytes of an application into named values and back. Any thread may call. */
public interface PayloadCodec {

  /**
   * Content to send.
   *
   * @param port FPort, or 0 when the codec does not say
   */
  record Content(int port, byte[] bytes) {}

  /**
   * Named values: Boolean, Number or String; parts of a structure by their path with dots.
   *
   * @param port FPort
   * @throws PayloadException says what could not be read
   */
  Map<String, Object> decode(int port, byte[] bytes) throws PayloadException;

  /**
   * The bytes for one value.
   *
   * @param value Boolean, Number or String
   * @throws PayloadException when this codec can't
   */
  default Content encode(String field, Object value) throws PayloadException {
    throw new PayloadException("the codec can't encode " + field + "; write bytes");
  }
}
