package org.penstock.flow.rules.language;

import java.util.Optional;
import org.eclipse.kura.type.DataType;

/** Types of the language. */
enum Type {
  TRUTH("a truth value"),
  WHOLE("a whole number"),
  REAL("a number"),
  TEXT("a text"),
  SPAN("a duration"),
  MOMENT("a point in time"),
  BYTES("bytes");

  private final String words;

  Type(String words) {
    this.words = words;
  }

  boolean isNumber() {
    return this == WHOLE || this == REAL;
  }

  /** As messages say it. */
  String words() {
    return words;
  }

  static Type of(DataType type) {
    return switch (type) {
      case BOOLEAN -> TRUTH;
      case INTEGER, LONG -> WHOLE;
      case FLOAT, DOUBLE -> REAL;
      case STRING -> TEXT;
      case BYTE_ARRAY -> BYTES;
    };
  }

  /** The type that both have in common, if one can stand for the other. */
  static Optional<Type> common(Type one, Type other) {
    if (one == other) {
      return Optional.of(one);
    }
    return one.isNumber() && other.isNumber() ? Optional.of(REAL) : Optional.empty();
  }
}
