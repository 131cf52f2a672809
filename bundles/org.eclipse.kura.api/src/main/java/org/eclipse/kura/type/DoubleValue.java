package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A double. */
@Immutable
@ThreadSafe
@ProviderType
public class DoubleValue implements TypedValue<Double> {

  private final Double value;

  public DoubleValue(double value) {
    this.value = value;
  }

  @Override
  public int compareTo(TypedValue<Double> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((DoubleValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.DOUBLE;
  }

  @Override
  public Double getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "DoubleValue [value=" + value + "]";
  }
}
