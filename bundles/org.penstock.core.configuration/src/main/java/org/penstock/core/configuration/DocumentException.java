package org.penstock.core.configuration;

/** A document that can't be read at all; the message names place and reason. */
final class DocumentException extends Exception {

  private static final long serialVersionUID = 1L;

  DocumentException(String message) {
    super(message);
  }

  DocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
