package org.eclipse.kura.channel;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.eclipse.kura.annotation.NotThreadSafe;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.osgi.annotation.versioning.ProviderType;

/** One point of an asset: its direction, type, scale and the driver's own properties. */
@NotThreadSafe
@ProviderType
public class Channel {

  private final Map<String, Object> configuration;
  private String name;
  private ChannelType type;
  private DataType valueType;
  private ScaleOffsetType scaleOffsetType;
  private Number valueScale;
  private Number valueOffset;
  private boolean isEnabled = true;
  private String unit = "";

  @Deprecated
  public Channel(String name, ChannelType type, DataType valueType, Map<String, Object> config) {
    this(name, type, valueType, ScaleOffsetType.DEFINED_BY_VALUE_TYPE, 1.0d, 0.0d, config);
  }

  public Channel(
      String name,
      ChannelType type,
      DataType valueType,
      ScaleOffsetType scaleOffsetType,
      Number valueScale,
      Number valueOffset,
      Map<String, Object> config) {
    this.name = requireNonNull(name, "the channel's name must not be null");
    this.type = requireNonNull(type, "the channel's type must not be null");
    this.valueType = requireNonNull(valueType, "the value's type must not be null");
    this.scaleOffsetType = requireNonNull(scaleOffsetType, "the type of scale must not be null");
    this.valueScale = requireNonNull(valueScale, "the scale must not be null");
    this.valueOffset = requireNonNull(valueOffset, "the offset must not be null");
    this.configuration =
        Collections.unmodifiableMap(requireNonNull(config, "the properties must not be null"));
  }

  public Map<String, Object> getConfiguration() {
    return configuration;
  }

  public String getName() {
    return name;
  }

  public ChannelType getType() {
    return type;
  }

  public DataType getValueType() {
    return valueType;
  }

  public ScaleOffsetType getScaleOffsetType() {
    return scaleOffsetType;
  }

  public boolean isEnabled() {
    return isEnabled;
  }

  @Deprecated
  public double getValueScale() {
    return valueScale.doubleValue();
  }

  public Number getValueScaleAsNumber() {
    return valueScale;
  }

  @Deprecated
  public double getValueOffset() {
    return valueOffset.doubleValue();
  }

  public Number getValueOffsetAsNumber() {
    return valueOffset;
  }

  public String getUnit() {
    return unit;
  }

  public void setName(String name) {
    this.name = requireNonNull(name, "the channel's name must not be null");
  }

  public void setType(ChannelType type) {
    this.type = requireNonNull(type, "the channel's type must not be null");
  }

  public void setValueType(DataType valueType) {
    this.valueType = requireNonNull(valueType, "the value's type must not be null");
  }

  public void setScaleOffsetType(ScaleOffsetType scaleOffsetType) {
    this.scaleOffsetType = requireNonNull(scaleOffsetType, "the type of scale must not be null");
  }

  public void setEnabled(boolean isEnabled) {
    this.isEnabled = isEnabled;
  }

  public void setScale(double scale) {
    this.valueScale = scale;
  }

  public void setScale(Number scale) {
    this.valueScale = requireNonNull(scale, "the scale must not be null");
  }

  public void setOffset(double offset) {
    this.valueOffset = offset;
  }

  public void setOffset(Number offset) {
    this.valueOffset = requireNonNull(offset, "the offset must not be null");
  }

  public void setUnit(String unit) {
    this.unit = requireNonNull(unit, "the unit must not be null");
  }

  public ChannelRecord createReadRecord() {
    ChannelRecord result = ChannelRecord.createReadRecord(name, valueType, unit);
    result.setChannelConfig(configuration);
    return result;
  }

  public ChannelRecord createWriteRecord(TypedValue<?> value) {
    requireNonNull(value, "the value must not be null");
    if (value.getType() != valueType) {
      throw new IllegalArgumentException(
          "channel " + name + " is of type " + valueType + ", given: " + value.getType());
    }
    ChannelRecord result = ChannelRecord.createWriteRecord(name, value);
    result.setChannelConfig(configuration);
    return result;
  }

  @Override
  public String toString() {
    return "Channel [name="
        + name
        + ", type="
        + type
        + ", valueType="
        + valueType
        + ", isEnabled="
        + isEnabled
        + ", configuration="
        + configuration
        + "]";
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        configuration,
        name,
        type,
        valueType,
        scaleOffsetType,
        valueScale,
        valueOffset,
        isEnabled,
        unit);
  }

  @Override
  public boolean equals(Object object) {
    if (this == object) {
      return true;
    }
    if (object == null || getClass() != object.getClass()) {
      return false;
    }
    Channel other = (Channel) object;
    return isEnabled == other.isEnabled
        && name.equals(other.name)
        && type == other.type
        && valueType == other.valueType
        && scaleOffsetType == other.scaleOffsetType
        && valueScale.equals(other.valueScale)
        && valueOffset.equals(other.valueOffset)
        && unit.equals(other.unit)
        && configuration.equals(other.configuration);
  }
}
