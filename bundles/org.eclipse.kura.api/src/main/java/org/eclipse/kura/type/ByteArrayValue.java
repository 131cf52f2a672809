package org.eclipse.kura.type;

import java.util.Arrays;
import java.util.Objects;
import org.eclipse.kura.annotation.Immutable;
import org.eclipse.kura.annotation.ThreadSafe;
import org.osgi.annotation.versioning.ProviderType;

/** A value of bytes. */
@Immutable
@ThreadSafe
@ProviderType
public class ByteArrayValue implements TypedValue<byte[]> {

  private final byte[] value;

  public ByteArrayValue(byte[] value) {
    this.value = Objects.requireNonNull(value, "the value must not be null");
  }

  @Override
  public int compareTo(TypedValue<byte[]> other) {
    return Arrays.compare(value, other.getValue());
  }

  @Override
  public boolean equals(Object object) {
    return object != null
        && object.getClass() == getClass()
        && Arrays.equals(value, ((ByteArrayValue) object).value);
  }

  @Override
  public DataType getType() {
    return DataType.BYTE_ARRAY;
  }

  @Override
  public byte[] getValue() {
    return value;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "ByteArrayValue [value=" + Arrays.toString(value) + "]";
  }
}
