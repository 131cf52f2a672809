package org.penstock.acceptance.product;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waits for what other processes do. */
public final class Await {

  private static final Duration STEP = Duration.ofMillis(10);

  private Await() {}

  /** Waits until the condition holds, or fails after the limit with what there is instead. */
  public static void until(Duration limit, Supplier<String> otherwise, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + otherwise.get());
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
