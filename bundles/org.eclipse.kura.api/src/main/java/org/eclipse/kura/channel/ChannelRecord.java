package org.eclipse.kura.channel;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;

/** One operation on a channel and its outcome: filled by the driver. */
@NotThreadSafe
@ProviderType
public class ChannelRecord {

  private final String channelName;
  private Map<String, Object> channelConfiguration;
  private ChannelStatus channelStatus;
  private DataType valueType;
  private TypedValue<?> value;
  private String unit = "";
  private long timestamp;

  private ChannelRecord(String channelName) {
    this.channelName = requireNonNull(channelName, "the channel's name must not be null");
  }

  public static ChannelRecord createReadRecord(String channelName, DataType valueType) {
    return createReadRecord(channelName, valueType, "");
  }

  public static ChannelRecord createReadRecord(
      String channelName, DataType valueType, String unit) {
    ChannelRecord result = new ChannelRecord(channelName);
    result.valueType = requireNonNull(valueType, "the value's type must not be null");
    result.unit = requireNonNull(unit, "the unit must not be null");
    return result;
  }

  public static ChannelRecord createWriteRecord(String channelName, TypedValue<?> value) {
    ChannelRecord result = new ChannelRecord(channelName);
    result.value = requireNonNull(value, "the value must not be null");
    result.valueType = value.getType();
    return result;
  }

  public static ChannelRecord createStatusRecord(String channelName, ChannelStatus status) {
    ChannelRecord result = new ChannelRecord(channelName);
    result.channelStatus = requireNonNull(status, "the status must not be null");
    return result;
  }

  public String getChannelName() {
    return channelName;
  }

  public Map<String, Object> getChannelConfig() {
    return channelConfiguration;
  }

  public void setChannelConfig(Map<String, Object> channelConfig) {
    channelConfiguration =
        new HashMap<>(requireNonNull(channelConfig, "the configuration must not be null"));
  }

  public ChannelStatus getChannelStatus() {
    return channelStatus;
  }

  public void setChannelStatus(ChannelStatus status) {
    channelStatus = requireNonNull(status, "the status must not be null");
  }

  public DataType getValueType() {
    return valueType;
  }

  public TypedValue<?> getValue() {
    return value;
  }

  public void setValue(TypedValue<?> value) {
    this.value = requireNonNull(value, "the value must not be null");
  }

  public String getUnit() {
    return unit;
  }

  public void setUnit(String unit) {
    this.unit = requireNonNull(unit, "the unit must not be null");
  }

  public long getTimestamp() {
    return timestamp;
  }

  public void setTimestamp(long timestamp) {
    this.timestamp = timestamp;
  }

  @Override
  public String toString() {
    return "ChannelRecord [channelName="
        + channelName
        + ", channelStatus="
        + channelStatus
        + ", valueType="
        + valueType
        + ", value="
        + value
        + ", unit="
        + unit
        + ", timestamp="
        + timestamp
        + "]";
  }

  @Override
  public int hashCode() {
    return Objects.hash(channelName, channelStatus, valueType, value, unit, timestamp);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    ChannelRecord other = (ChannelRecord) object;
    return channelName.equals(other.channelName)
        && Objects.equals(channelStatus, other.channelStatus)
        && valueType == other.valueType
        && Objects.equals(value, other.value)
        && Objects.equals(unit, other.unit)
        && timestamp == other.timestamp;
  }
}
