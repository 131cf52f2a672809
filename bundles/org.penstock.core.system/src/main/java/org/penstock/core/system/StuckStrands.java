package org.penstock.core.system;

import java.time.Duration;
import java.util.Optional;

/** Tells the watchdog when a poller or publisher hangs. */
@FunctionalInterface
public interface StuckStrands {

  /**
   * A strand that polls or publishes and is in one task for longer, in words. Those that serve
   * requests are left out: what somebody asked for may take its time.
   *
   * @param limit not below 1 s: shorter tasks are not looked at
   */
  Optional<String> stuck(Duration limit);
}
