package org.penstock.acceptance.host;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.penstock.acceptance.product.Await;
import org.penstock.core.launcher.Launcher;

/** The gateway's framework in this process, with the bundle of tests in it. */
final class HostFramework {

  private static final Duration READY = Duration.ofSeconds(60);
  private static final String HEALTH = "org.penstock.api.health.Health";

  private final Framework framework;
  private final Bundle tests;

  private HostFramework(Framework framework, Bundle tests) {
    this.framework = framework;
    this.tests = tests;
  }

  static HostFramework start(Path folder) throws BundleException {
    System.setProperty("penstock.install", System.getProperty("penstock.distribution"));
    Framework framework =
        Launcher.prepare(
            Map.of(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, TestBundle.packagesOfJunit()),
            "--home",
            folder.resolve("home").toString(),
            "--https-port",
            "0");
    Bundle tests =
        framework
            .getBundleContext()
            .installBundle("penstock:tests", new ByteArrayInputStream(TestBundle.content()));
    framework.start();
    tests.start();
    HostFramework host = new HostFramework(framework, tests);
    Await.until(READY, () -> "the gateway is not ready", host::isReady);
    return host;
  }

  /** By reflection: the class path of this test has another class of the interface's name. */
  private boolean isReady() {
    try {
      ServiceReference<?>[] found =
          framework.getBundleContext().getAllServiceReferences(HEALTH, null);
      if (found == null) {
        return false;
      }
      Object health = framework.getBundleContext().getService(found[0]);
      Class<?> type = found[0].getBundle().loadClass(HEALTH);
      return (Boolean) type.getMethod("ready").invoke(health);
    } catch (ReflectiveOperationException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Bundle tests() {
    return tests;
  }

  List<Bundle> bundles() {
    return List.of(framework.getBundleContext().getBundles());
  }

  void stop() throws BundleException {
    framework.stop();
    try {
      framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
