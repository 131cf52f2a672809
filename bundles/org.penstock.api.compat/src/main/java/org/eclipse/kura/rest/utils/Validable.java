package org.eclipse.kura.rest.utils;

/** A part of a request that can tell whether it is complete and sensible. */
public interface Validable {

  boolean isValid();

  /** Whether it is there and valid. */
  static boolean isValid(Validable part) {
    return part != null && part.isValid();
  }

  /** Refuses what is not there or not valid with an IllegalArgumentException of that text. */
  static void validate(Validable part, String message) {
    if (!isValid(part)) {
      throw new IllegalArgumentException(message);
    }
  }
}
