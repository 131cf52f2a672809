package org.penstock.core.system;

import java.util.Optional;

/** Tells the watchdog when a poller or publisher hangs. */
@FunctionalInterface
public interface StuckStrands {

  /** A strand of field or cloud that is in one task for more than 2 minutes, in words. */
  Optional<String> stuck();
}
