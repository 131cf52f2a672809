package org.penstock.core.deployment;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/** Waits for the framework to have rewired, 30 s at most: bundles may stop and start meanwhile. */
final class Rewired implements FrameworkListener {

  private static final long LIMIT_S = 30;

  private final CountDownLatch done = new CountDownLatch(1);

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
      done.countDown();
    }
  }

  boolean await() {
    try {
      return done.await(LIMIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
