package org.penstock.driver.lorawan.payload;

/** A payload that its codec does not understand, or a codec that is wrong; the message says what. */
public final class PayloadException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason in words. */
  public PayloadException(String message) {
    super(message);
  }
}
