package org.penstock.api.driver;

import java.time.Instant;
import java.util.Objects;

/**
 * The state of the connection to one device or line.
 *
 * @param phase unknown until first used
 * @param reason why it is offline, in words; empty otherwise
 * @param since when this phase began
 */
public record LinkState(Phase phase, String reason, Instant since) {

  /** Whether the other end can be reached. */
  public enum Phase {
    /** Never tried since start. */
    UNKNOWN,
    /** The last exchange worked. */
    ONLINE,
    /** Cannot be reached. */
    OFFLINE
  }

  public LinkState {
    Objects.requireNonNull(phase);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(since);
  }

  /** The other end can be reached. */
  public boolean online() {
    return phase == Phase.ONLINE;
  }
}
