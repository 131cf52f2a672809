package org.penstock.api.driver;

/** What kind of error it was; the runtime decides by it whether to try again and what to show. */
public enum ErrorKind {
  /** What was asked can never work as configured: an unknown address form, a type that cannot hold the value. */
  CONFIGURATION,
  /** May work next time by itself: timeout, lost connection, damaged frame, device busy. */
  RETRIABLE,
  /** The device answered, and the answer was no: unknown register, write forbidden. */
  REFUSED,
  /** Our own mistake: something happened that the code rules out. */
  BUG
}
