package org.penstock.core.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the launcher for a new process: the way out when a bundle's thread can't be ended. */
final class Restart {

  /** Exit status that the start script answers with a new start. */
  static final int STATUS = 75;

  private static final Logger LOG = LoggerFactory.getLogger(Restart.class);
  private static final long LIMIT_S = 10;

  /** So long the answer to who asked has to be on its way. */
  private static final long ANSWER_MS = 500;

  private final BundleContext framework;
  private final Path home;

  Restart(BundleContext framework, Path home) {
    this.framework = framework;
    this.home = home;
  }

  void ask(String reason) {
    LOG.error("restart: {}", reason);
    begin(reason, 0);
  }

  /** Somebody wants it; he is answered first. */
  void wanted(String who) {
    LOG.info("restart: {} wants it", who);
    begin(who + " wanted it", ANSWER_MS);
  }

  private void begin(String reason, long delayMs) {
    try {
      Files.writeString(home.resolve("tmp/restart"), reason + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      LOG.warn("the reason of the restart can't be noted: {}", e.getMessage());
    }
    Thread stopper = new Thread(() -> stop(delayMs), "core/deployment/restart");
    stopper.setDaemon(true);
    stopper.start();
    Thread end = new Thread(Restart::end, "core/deployment/restart-limit");
    end.setDaemon(true);
    end.start();
  }

  private void stop(long delayMs) {
    try {
      TimeUnit.MILLISECONDS.sleep(delayMs);
      framework.getBundle(0).stop();
    } catch (BundleException e) {
      LOG.warn("stop before a restart: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end() {
    try {
      TimeUnit.SECONDS.sleep(LIMIT_S);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(STATUS);
  }
}
