package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** An integer. */
@Immutable
@ThreadSafe
@ProviderType
public class IntegerValue implements TypedValue<Integer> {

  private final Integer value;

  public IntegerValue(int value) {
    this.value = value;
  }

  @Override
  public int compareTo(TypedValue<Integer> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((IntegerValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.INTEGER;
  }

  @Override
  public Integer getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "IntegerValue [value=" + value + "]";
  }
}
