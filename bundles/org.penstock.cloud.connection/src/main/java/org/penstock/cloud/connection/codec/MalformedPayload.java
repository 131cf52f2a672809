package org.penstock.cloud.connection.codec;

/** Bytes are not what they should be. */
public final class MalformedPayload extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedPayload(String message) {
    super(message, null, false, false);
  }
}
