package org.penstock.driver.lorawan.codec;

/** Bytes that are no frame of LoRaWAN 1.0.x, or none that is served here; the message says why. */
public final class FrameException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason in words. */
  public FrameException(String message) {
    super(message, null, false, false); // thousands a second may come from outside: no stack trace
  }
}
