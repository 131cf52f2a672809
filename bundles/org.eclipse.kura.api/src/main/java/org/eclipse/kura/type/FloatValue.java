package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A float. */
@Immutable
@ThreadSafe
@ProviderType
public class FloatValue implements TypedValue<Float> {

  private final Float value;

  public FloatValue(float value) {
    this.value = value;
  }

  @Override
  public int compareTo(TypedValue<Float> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((FloatValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.FLOAT;
  }

  @Override
  public Float getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "FloatValue [value=" + value + "]";
  }
}
