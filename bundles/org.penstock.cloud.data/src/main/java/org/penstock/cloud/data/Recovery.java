package org.penstock.cloud.data;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.security.auth.login.FailedLoginException;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.watchdog.CriticalComponent;
import org.eclipse.kura.watchdog.WatchdogService;

/**
 * Tells the watchdog that all is well, until the broker could not be reached too often: then the
 * watchdog restarts the gateway. Refused credentials do not count: a restart does not mend them. Any
 * thread may call.
 */
final class Recovery implements CriticalComponent, Connector.Listener, AutoCloseable {

  private final String name;
  private final boolean enabled;
  private final int most;
  private final int timeoutMs;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicReference<WatchdogService> watchdog = new AtomicReference<>();

  Recovery(String name, DataServiceConfig config) {
    this.name = name;
    this.enabled = config.enable_recovery_on_connection_failure();
    this.most = config.connection_recovery_max_failures();
    this.timeoutMs = 1000 * 2 * (config.connect_retry$_$interval() + 60);
  }

  void use(WatchdogService service) {
    if (enabled) {
      watchdog.set(service);
      service.registerCriticalComponent(this);
    }
  }

  void leave(WatchdogService service) {
    if (watchdog.compareAndSet(service, null)) {
      service.unregisterCriticalComponent(this);
    }
  }

  @Override
  public void attempted(KuraConnectException failure) {
    if (failure == null) {
      calm();
      return;
    }
    if (!isRefusal(failure)) {
      failures.incrementAndGet();
    }
    alive();
  }

  private static boolean isRefusal(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof FailedLoginException) {
        return true;
      }
    }
    return false;
  }

  /** It is connected, by whoever's hand, or nobody wants it to be: failures of before are over. */
  void calm() {
    failures.set(0);
    alive();
  }

  private void alive() {
    WatchdogService service = watchdog.get();
    if (service != null && failures.get() < most) {
      service.checkin(this);
    }
  }

  @Override
  public String getCriticalComponentName() {
    return name;
  }

  @Override
  public int getCriticalComponentTimeout() {
    return timeoutMs;
  }

  @Override
  public void close() {
    WatchdogService service = watchdog.get();
    if (service != null) {
      leave(service);
    }
  }
}
