package org.penstock.field.asset;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * What a wire asset emits and when. Unchangeable.
 *
 * @param emitAllChannels an event of one channel makes all be read
 * @param timestamps which timestamps are emitted
 * @param emitErrors errors of channels are emitted
 * @param emitConnectionErrors with emitErrors: a read that failed as a whole is emitted
 * @param emitOnChange unchanged values are left out
 * @param emitEmpty with emitOnChange: a record without values is emitted too
 * @param emitQuality the quality of each value is emitted
 * @param pollInterval zero for reads on trigger only
 */
record WireAssetOptions(
    boolean emitAllChannels,
    TimestampMode timestamps,
    boolean emitErrors,
    boolean emitConnectionErrors,
    boolean emitOnChange,
    boolean emitEmpty,
    boolean emitQuality,
    Duration pollInterval) {

  /** Reads the options; what is missing has the default that the component's description states. */
  static WireAssetOptions parse(Map<String, Object> properties) {
    return new WireAssetOptions(
        flag(properties, WireAssetConfig.EMIT_ALL_CHANNELS, false),
        timestamps(properties),
        flag(properties, WireAssetConfig.EMIT_ERRORS, false),
        flag(properties, WireAssetConfig.EMIT_CONNECTION_ERRORS, false),
        flag(properties, WireAssetConfig.EMIT_ON_CHANGE, false),
        flag(properties, WireAssetConfig.EMIT_EMPTY_ENVELOPES, true),
        flag(properties, WireAssetConfig.EMIT_QUALITY, false),
        interval(properties));
  }

  private static boolean flag(Map<String, Object> properties, String key, boolean ifMissing) {
    Object value = properties.get(key);
    return value == null ? ifMissing : Boolean.parseBoolean(value.toString().strip());
  }

  private static TimestampMode timestamps(Map<String, Object> properties) {
    Object value = properties.get(WireAssetConfig.TIMESTAMP_MODE);
    if (value == null) {
      return TimestampMode.PER_CHANNEL;
    }
    for (TimestampMode mode : TimestampMode.values()) {
      if (mode.name().equalsIgnoreCase(value.toString().strip())) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "%s is '%s', must be one of %s"
            .formatted(
                WireAssetConfig.TIMESTAMP_MODE, value, Arrays.toString(TimestampMode.values())));
  }

  private static Duration interval(Map<String, Object> properties) {
    Object value = properties.get(WireAssetConfig.POLL_INTERVAL);
    try {
      long millis = value == null ? 0 : Long.parseLong(value.toString().strip());
      if (millis < 0) {
        throw new NumberFormatException();
      }
      return Duration.ofMillis(millis);
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          WireAssetConfig.POLL_INTERVAL + " is '" + value + "', must be 0 or more milliseconds");
    }
  }
}
