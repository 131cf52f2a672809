package org.eclipse.kura.asset.provider;

/** Keys of an asset's configuration and of its channels. */
public enum AssetConstants {
  /** Between channel name and property in a configuration key. */
  CHANNEL_PROPERTY_SEPARATOR("#"),
  /** Begins the name of a property that every channel has, whatever the driver. */
  CHANNEL_DEFAULT_PROPERTY_PREFIX("+"),
  /** Characters that a channel name must not contain. */
  CHANNEL_NAME_PROHIBITED_CHARS("#/+, "),
  /** Description of the asset. */
  ASSET_DESC_PROP("asset.desc"),
  /** The {@code kura.service.pid} of the driver. */
  ASSET_DRIVER_PROP("driver.pid"),
  /** Whether the channel takes part. */
  ENABLED("+enabled"),
  /** Name of the channel. */
  NAME("+name"),
  /** READ, WRITE or READ_WRITE. */
  TYPE("+type"),
  /** Data type of the channel's value. */
  VALUE_TYPE("+value.type"),
  /** Type in which scale and offset are applied. */
  SCALE_OFFSET_TYPE("+scaleoffset.type"),
  /** Factor applied to what the driver read. */
  VALUE_SCALE("+scale"),
  /** Summand applied after the factor. */
  VALUE_OFFSET("+offset"),
  /** Unit of measure. */
  VALUE_UNIT("+unit");

  private final String value;

  AssetConstants(String value) {
    this.value = value;
  }

  /** The text of this constant. */
  public String value() {
    return value;
  }
}
