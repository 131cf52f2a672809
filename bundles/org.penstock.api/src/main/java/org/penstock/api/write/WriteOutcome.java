package org.penstock.api.write;

import java.util.Optional;
import org.eclipse.kura.type.TypedValue;

/**
 * What became of one write.
 *
 * @param channel the channel's name
 * @param result whether the device has taken it
 * @param reason why not, in words; empty when written
 * @param before the last good value known before; empty when none was known
 * @param after what was written, or read back where the channel asks for that; empty unless written
 */
public record WriteOutcome(
    String channel,
    Result result,
    String reason,
    Optional<TypedValue<?>> before,
    Optional<TypedValue<?>> after) {

  /** Whether the device has taken a write. */
  public enum Result {
    /** Taken. */
    WRITTEN,
    /** Not tried: not allowed now, not by this source, or not this value. */
    REFUSED,
    /** Tried, and the device or the way to it did not work. */
    FAILED
  }
}
