package org.penstock.driver.kit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.eclipse.kura.configuration.metatype.Scalar;

/**
 * One property that a driver wants of each channel. Unchangeable: each {@code with} gives a new one.
 *
 * @param id the key; begins not with '+' and holds no '#'
 * @param type the type shown to the user; the driver always receives text
 * @param name short label
 * @param description what it means, with unit and range
 * @param defaultValue text; empty for none
 * @param required whether a channel without it is incomplete
 * @param min smallest value as text, or null
 * @param max largest value as text, or null
 * @param options the allowed values; empty when any value will do
 */
public record ChannelAttribute(
    String id,
    Scalar type,
    String name,
    String description,
    String defaultValue,
    boolean required,
    String min,
    String max,
    List<String> options) {

  public ChannelAttribute {
    Objects.requireNonNull(type);
    if (id.isEmpty() || id.startsWith("+") || id.contains("#")) {
      throw new IllegalArgumentException(
          "channel attribute id '" + id + "' must not be empty, begin with '+' or contain '#'");
    }
    options = List.copyOf(options);
  }

  /** A required attribute of the given type without default. */
  public static ChannelAttribute of(String id, Scalar type, String name, String description) {
    return new ChannelAttribute(id, type, name, description, "", true, null, null, List.of());
  }

  /** A required text. */
  public static ChannelAttribute text(String id, String name, String description) {
    return of(id, Scalar.STRING, name, description);
  }

  /** A required whole number between the two bounds, both included. */
  public static ChannelAttribute integer(
      String id, String name, String description, int min, int max) {
    return new ChannelAttribute(
        id,
        Scalar.INTEGER,
        name,
        description,
        "",
        true,
        Integer.toString(min),
        Integer.toString(max),
        List.of());
  }

  /** A required choice between the names of an enum. */
  public static <E extends Enum<E>> ChannelAttribute choice(
      String id, String name, String description, Class<E> values) {
    List<String> names = Arrays.stream(values.getEnumConstants()).map(Enum::name).toList();
    return new ChannelAttribute(id, Scalar.STRING, name, description, "", true, null, null, names);
  }

  /** A required yes or no. */
  public static ChannelAttribute flag(String id, String name, String description) {
    return of(id, Scalar.BOOLEAN, name, description);
  }

  /** The same with a default value. */
  public ChannelAttribute withDefault(Object value) {
    return new ChannelAttribute(
        id, type, name, description, value.toString(), required, min, max, options);
  }

  /** The same, but a channel may leave it out. */
  public ChannelAttribute optional() {
    return new ChannelAttribute(
        id, type, name, description, defaultValue, false, min, max, options);
  }
}
