package org.penstock.api.driver;

import java.util.Objects;

/** An error of a driver with its kind and place. The message says what went wrong and what to do. */
public final class DriverException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final String place;

  /**
   * An error without a cause.
   *
   * @param kind what kind of error
   * @param place where: a channel, a device address, a property
   * @param message what went wrong and what to do
   */
  public DriverException(ErrorKind kind, String place, String message) {
    this(kind, place, message, null);
  }

  /**
   * An error with the exception that caused it.
   *
   * @param kind what kind of error
   * @param place where: a channel, a device address, a property
   * @param message what went wrong and what to do
   * @param cause may be null
   */
  public DriverException(ErrorKind kind, String place, String message, Throwable cause) {
    super(place.isEmpty() ? message : place + ": " + message, cause);
    this.kind = Objects.requireNonNull(kind);
    this.place = place;
  }

  /** What kind of error this is. */
  public ErrorKind kind() {
    return kind;
  }

  /** Where it happened: a channel, a device address, a property; may be empty. */
  public String place() {
    return place;
  }
}
