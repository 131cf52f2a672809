package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A text. */
@Immutable
@ThreadSafe
@ProviderType
public class StringValue implements TypedValue<String> {

  private final String value;

  public StringValue(String value) {
    this.value = Objects.requireNonNull(value, "the value must not be null");
  }

  @Override
  public int compareTo(TypedValue<String> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((StringValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.STRING;
  }

  @Override
  public String getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "StringValue [value=" + value + "]";
  }
}
