package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A truth value. */
@Immutable
@ThreadSafe
@ProviderType
public class BooleanValue implements TypedValue<Boolean> {

  private final Boolean value;

  public BooleanValue(boolean value) {
    this.value = value;
  }

  @Override
  public int compareTo(TypedValue<Boolean> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((BooleanValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.BOOLEAN;
  }

  @Override
  public Boolean getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "BooleanValue [value=" + value + "]";
  }
}
