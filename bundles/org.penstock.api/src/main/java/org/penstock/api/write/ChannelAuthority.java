package org.penstock.api.write;

import java.time.Instant;
import java.util.Optional;

/**
 * Who may write to a channel now.
 *
 * @param hand true when only operators may, until one switches back to automatic
 * @param holder who wrote last and keeps weaker and other sources off, or who switched to hand
 * @param since when that began
 * @param until when it ends by itself; empty when it does not
 */
public record ChannelAuthority(
    boolean hand, Optional<WriteSource> holder, Optional<Instant> since, Optional<Instant> until) {

  /** Nobody holds the channel. */
  public static final ChannelAuthority FREE =
      new ChannelAuthority(false, Optional.empty(), Optional.empty(), Optional.empty());
}
