package org.penstock.field.asset;

/** Which timestamps an asset emits. */
public enum TimestampMode {
  /** None. */
  NO_TIMESTAMPS,
  /** One for each channel, from the driver. */
  PER_CHANNEL,
  /** One for all, made when the record is emitted. */
  SINGLE_ASSET_GENERATED,
  /** One for all, the latest of the driver's. */
  SINGLE_DRIVER_GENERATED_MAX,
  /** One for all, the earliest of the driver's. */
  SINGLE_DRIVER_GENERATED_MIN
}
