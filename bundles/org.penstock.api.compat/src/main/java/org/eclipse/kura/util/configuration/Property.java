package org.eclipse.kura.util.configuration;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/** A property of a component with its key, its type and perhaps a default; a value of another type counts as absent. */
public final class Property<T> {

  private final String key;
  private final Class<?> type;
  private final T defaultValue;

  public Property(String key, T defaultValue) {
    this.key = requireNonNull(key, "the key must not be null");
    this.defaultValue = requireNonNull(defaultValue, "the default must not be null");
    this.type = defaultValue.getClass();
  }

  /** A property without a default. */
  public Property(String key, Class<T> type) {
    this.key = requireNonNull(key, "the key must not be null");
    this.type = requireNonNull(type, "the type must not be null");
    this.defaultValue = null;
  }

  /** The value, else the default, else null. */
  public T get(Map<String, Object> properties) {
    return getOptional(properties).orElse(defaultValue);
  }

  /** The value, if there is one of the type. */
  @SuppressWarnings("unchecked")
  public Optional<T> getOptional(Map<String, Object> properties) {
    Object value = properties.get(key);
    return type.isInstance(value) ? Optional.of((T) value) : Optional.empty();
  }
}
