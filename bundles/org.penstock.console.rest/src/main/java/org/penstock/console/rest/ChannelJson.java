package org.penstock.console.rest;

import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.Base64;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;

/** The JSON of channels below {@code /api/v1}. */
final class ChannelJson {

  /**
   * What is known of a channel.
   *
   * @param value the last good one; absent before the first
   * @param quality GOOD, UNCERTAIN or BAD, of the last attempt
   * @param reason why it is not good; absent when good
   * @param at when the last attempt was
   * @param valueAt time of the value at its source
   */
  record State(
      JsonPrimitive value, String type, String quality, String reason, String at, String valueAt) {}

  private ChannelJson() {}

  static State state(ChannelState state) {
    TypedValue<?> value = state.lastGood().orElse(null);
    String reason = state.quality().reason();
    return new State(
        value == null ? null : value(value),
        value == null ? null : value.getType().name(),
        state.quality().level().name(),
        reason.isEmpty() ? null : reason,
        state.at().toString(),
        state.lastGoodAt().map(Instant::toString).orElse(null));
  }

  /** Numbers and booleans as such, bytes in Base64, what is no number as text. */
  static JsonPrimitive value(TypedValue<?> value) {
    Object raw = value.getValue();
    if (raw instanceof Boolean b) {
      return new JsonPrimitive(b);
    }
    if (raw instanceof Number n && Double.isFinite(n.doubleValue())) {
      return new JsonPrimitive(n);
    }
    return new JsonPrimitive(
        raw instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : raw.toString());
  }
}
