package org.eclipse.kura.type;

import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A long. */
@Immutable
@ThreadSafe
@ProviderType
public class LongValue implements TypedValue<Long> {

  private final Long value;

  public LongValue(long value) {
    this.value = value;
  }

  @Override
  public int compareTo(TypedValue<Long> other) {
    return value.compareTo(other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && value.equals(((LongValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.LONG;
  }

  @Override
  public Long getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Objects.hash(value);
  }

  @Override
  public String toString() {
    return "LongValue [value=" + value + "]";
  }
}
