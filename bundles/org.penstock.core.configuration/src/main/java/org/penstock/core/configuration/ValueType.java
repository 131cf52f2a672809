package org.penstock.core.configuration;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.Scalar;

/** One of the ten types that a property's value can have. */
enum ValueType {
  STRING("String", String.class, text -> text),
  LONG("Long", Long.class, text -> Long.valueOf(text.trim())),
  DOUBLE("Double", Double.class, text -> Double.valueOf(text.trim())),
  FLOAT("Float", Float.class, text -> Float.valueOf(text.trim())),
  INTEGER("Integer", Integer.class, text -> Integer.valueOf(text.trim())),
  BYTE("Byte", Byte.class, text -> Byte.valueOf(text.trim())),
  CHAR("Char", Character.class, ValueType::character),
  BOOLEAN("Boolean", Boolean.class, ValueType::bool),
  SHORT("Short", Short.class, text -> Short.valueOf(text.trim())),
  PASSWORD("Password", Password.class, Password::new);

  static final String NAMES = "String Long Double Float Integer Byte Char Boolean Short Password";

  private final String text;
  private final Class<?> type;
  private final Function<String, Object> parser;

  ValueType(String text, Class<?> type, Function<String, Object> parser) {
    this.text = text;
    this.type = type;
    this.parser = parser;
  }

  /** The name used in snapshots. */
  String text() {
    return text;
  }

  /** By the name used in snapshots and metatype, in any case; "Character" is taken, too. */
  static Optional<ValueType> named(String name) {
    if (name == null) {
      return Optional.empty();
    }
    String upper = name.trim().toUpperCase(Locale.ROOT);
    for (ValueType candidate : values()) {
      if (candidate.name().equals(upper)) {
        return Optional.of(candidate);
      }
    }
    return upper.equals("CHARACTER") ? Optional.of(CHAR) : Optional.empty();
  }

  static ValueType of(Scalar scalar) {
    return valueOf(scalar.name());
  }

  /** The type of a value or of an array's elements. */
  static Optional<ValueType> of(Object value) {
    Class<?> element =
        value.getClass().isArray() ? value.getClass().getComponentType() : value.getClass();
    for (ValueType candidate : values()) {
      if (candidate.type.isAssignableFrom(element)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * The value of a text.
   *
   * @throws IllegalArgumentException when the text is no such value
   */
  Object parse(String given) {
    return parser.apply(given);
  }

  /** An array of this type with the given elements. */
  Object[] array(Collection<?> elements) {
    Object[] array = (Object[]) Array.newInstance(type, elements.size());
    return elements.toArray(array);
  }

  /** Arrays of primitives and collections of one type become arrays of objects. */
  static Object normal(Object value) {
    if (value instanceof Collection<?> collection) {
      Optional<ValueType> type =
          collection.isEmpty() || collection.contains(null)
              ? Optional.empty()
              : of(collection.iterator().next());
      boolean uniform =
          type.isPresent() && collection.stream().allMatch(type.get().type::isInstance);
      return uniform ? type.get().array(collection) : value;
    }
    Class<?> element = value.getClass().getComponentType();
    if (element == null || !element.isPrimitive()) {
      return value;
    }
    int length = Array.getLength(value);
    Object boxed = null;
    for (int i = 0; i < length; i++) {
      Object one = Array.get(value, i);
      boxed = boxed == null ? Array.newInstance(one.getClass(), length) : boxed;
      Array.set(boxed, i, one);
    }
    return boxed == null ? new String[0] : boxed;
  }

  private static Object character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("not one character");
    }
    return text.charAt(0);
  }

  private static Object bool(String text) {
    String word = text.trim();
    if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return Boolean.valueOf(word);
  }
}
