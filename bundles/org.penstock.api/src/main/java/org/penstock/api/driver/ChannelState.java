package org.penstock.api.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.kura.type.TypedValue;

/**
 * What is known of one channel now.
 *
 * @param quality of the last attempt to get a value
 * @param at when that was: the source's time for a value, the gateway's for a failure
 * @param lastGood the last value that was not bad; empty before the first
 * @param lastGoodAt its time at the source; empty before the first
 */
public record ChannelState(
    Quality quality, Instant at, Optional<TypedValue<?>> lastGood, Optional<Instant> lastGoodAt) {

  /** How old the last good value is; zero when its source's clock is ahead. */
  public Optional<Duration> age(Instant now) {
    return lastGoodAt.map(good -> good.isAfter(now) ? Duration.ZERO : Duration.between(good, now));
  }
}
