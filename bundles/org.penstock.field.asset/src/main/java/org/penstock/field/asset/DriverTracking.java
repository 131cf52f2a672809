package org.penstock.field.asset;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.driver.Driver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.driver.DriverProperties;

/** Follows the driver service of one name as it comes and goes. Any thread may call. */
public final class DriverTracking {

  /** Who wants to know. Called in the thread that registers or unregisters the driver; be brief. */
  public interface Follower {

    /**
     * The driver has come.
     *
     * @param parallelism blocking calls that it bears at a time
     */
    void arrived(Driver driver, int parallelism);

    /** The driver has gone. */
    void gone();
  }

  private final BundleContext context;
  private final Follower follower;
  private final AtomicReference<Tracked> tracked = new AtomicReference<>();

  private record Tracked(String driverPid, ServiceTracker<Driver, Driver> tracker) {}

  /** Follows nothing yet. */
  public DriverTracking(BundleContext context, Follower follower) {
    this.context = context;
    this.follower = follower;
  }

  /** Follows the driver with this kura.service.pid from now on; nothing happens if it does already. */
  public synchronized void follow(String driverPid) {
    Tracked now = tracked.get();
    if (now != null && now.driverPid().equals(driverPid)) {
      return;
    }
    close();
    ServiceTracker<Driver, Driver> tracker =
        new ServiceTracker<>(context, filter(context, driverPid), new Customizer());
    tracked.set(new Tracked(driverPid, tracker));
    tracker.open();
  }

  /** Follows nothing; the driver, if there was one, is gone. */
  public synchronized void close() {
    Tracked before = tracked.getAndSet(null);
    if (before != null) {
      before.tracker().close();
    }
  }

  private static org.osgi.framework.Filter filter(BundleContext context, String driverPid) {
    String escaped = driverPid.replaceAll("[\\\\*()]", "\\\\$0");
    try {
      return context.createFilter(
          "(&(%s=%s)(%s=%s))"
              .formatted(
                  Constants.OBJECTCLASS,
                  Driver.class.getName(),
                  ConfigurationService.KURA_SERVICE_PID,
                  escaped));
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The first driver of that name is used until it goes; then the next, if there is one. */
  private final class Customizer implements ServiceTrackerCustomizer<Driver, Driver> {

    private final AtomicReference<ServiceReference<Driver>> used = new AtomicReference<>();

    @Override
    public Driver addingService(ServiceReference<Driver> reference) {
      Driver driver = context.getService(reference);
      if (driver != null && used.compareAndSet(null, reference)) {
        follower.arrived(driver, parallelism(reference));
      }
      return driver;
    }

    @Override
    public void modifiedService(ServiceReference<Driver> reference, Driver driver) {
      // a driver that is changed in place goes on
    }

    @Override
    public void removedService(ServiceReference<Driver> reference, Driver driver) {
      if (used.compareAndSet(reference, null)) {
        follower.gone();
        context.ungetService(reference);
        takeNext();
      } else {
        context.ungetService(reference);
      }
    }

    private void takeNext() {
      Tracked now = tracked.get();
      ServiceReference<Driver> next = now == null ? null : now.tracker().getServiceReference();
      Driver driver = next == null ? null : now.tracker().getService(next);
      if (driver != null && used.compareAndSet(null, next)) {
        follower.arrived(driver, parallelism(next));
      }
    }

    private static int parallelism(ServiceReference<Driver> reference) {
      return reference.getProperty(DriverProperties.PARALLELISM) instanceof Integer number
          ? number
          : 1;
    }
  }

  /** The context of the bundle that brings assets along; null outside a framework. */
  static BundleContext ownContext() {
    var bundle = FrameworkUtil.getBundle(DriverTracking.class);
    return bundle == null ? null : Objects.requireNonNull(bundle.getBundleContext());
  }
}
