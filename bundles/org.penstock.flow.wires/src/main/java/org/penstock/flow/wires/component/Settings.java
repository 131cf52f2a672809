package org.penstock.flow.wires.component;

import java.util.Locale;
import java.util.Map;

/** A component's properties, typed. Errors name the key, the value, and what is allowed. */
record Settings(Map<String, Object> properties) {

  String pid() {
    return text("kura.service.pid", "");
  }

  String text(String key, String otherwise) {
    Object value = properties.get(key);
    return value == null ? otherwise : value.toString();
  }

  boolean flag(String key, boolean otherwise) {
    return Boolean.parseBoolean(text(key, Boolean.toString(otherwise)).strip());
  }

  /**
   * A whole number.
   *
   * @throws IllegalArgumentException when it is none, or not within least and most
   */
  int number(String key, int otherwise, int least, int most) {
    String text = text(key, Integer.toString(otherwise)).strip();
    if (text.matches("-?\\d{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw new IllegalArgumentException(
        "%s is '%s', must be %d to %d".formatted(key, text, least, most));
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException when it is none, or not within least and most
   */
  double real(String key, double otherwise, double least, double most) {
    String text = text(key, Double.toString(otherwise)).strip();
    try {
      double number = Double.parseDouble(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("%s is '%s', must be a number".formatted(key, text), none);
    }
    throw new IllegalArgumentException(
        "%s is '%s', must be %s to %s".formatted(key, text, least, most));
  }

  /**
   * One of an enum's constants, by name in any case.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  <E extends Enum<E>> E choice(String key, E otherwise) {
    String text = text(key, otherwise.name()).strip();
    for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
      if (constant.name().equals(text.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "%s is '%s', must be one of %s"
            .formatted(
                key,
                text,
                java.util.Arrays.toString(otherwise.getDeclaringClass().getEnumConstants())));
  }
}
