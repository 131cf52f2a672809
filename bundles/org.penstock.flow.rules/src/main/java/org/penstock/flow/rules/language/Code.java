package org.penstock.flow.rules.language;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Compiled: what gives the value, by type. Durations and points in time are whole milliseconds. When
 * there is no value, the fault is noted in the {@link Run} and what is returned means nothing.
 *
 * @param real of whole numbers too
 */
record Code(
    Type type,
    BooleanSupplier truth,
    LongSupplier whole,
    DoubleSupplier real,
    Supplier<String> text) {

  static Code truth(BooleanSupplier value) {
    return new Code(Type.TRUTH, value, null, null, null);
  }

  static Code whole(LongSupplier value) {
    return new Code(Type.WHOLE, null, value, value::getAsLong, null);
  }

  static Code real(DoubleSupplier value) {
    return new Code(Type.REAL, null, null, value, null);
  }

  static Code text(Supplier<String> value) {
    return new Code(Type.TEXT, null, null, null, value);
  }

  /** Milliseconds of a duration or a point in time. */
  static Code millis(Type type, LongSupplier value) {
    return new Code(type, null, value, null, null);
  }
}
