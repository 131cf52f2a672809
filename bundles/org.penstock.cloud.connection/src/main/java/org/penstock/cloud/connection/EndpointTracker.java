package org.penstock.cloud.connection;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudConnectionListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The endpoint that a publisher or subscriber belongs to, by its pid, whenever it is there; and the
 * listeners of its connection. Any thread may call.
 */
final class EndpointTracker implements CloudConnectionListener, AutoCloseable {

  /** Kura's key of the pid of the endpoint. */
  static final String ENDPOINT = "cloud.endpoint.service.pid";

  private final String pid;
  private final AtomicReference<CloudEndpoint> endpoint = new AtomicReference<>();
  private final List<CloudConnectionListener> listeners = new CopyOnWriteArrayList<>();
  private final Tracker tracker;

  /**
   * Begins to look.
   *
   * @param pid kura.service.pid of the endpoint
   * @param came is told of each endpoint that comes
   * @param went is told of each endpoint that goes
   */
  EndpointTracker(
      BundleContext context,
      String pid,
      Consumer<CloudEndpoint> came,
      Consumer<CloudEndpoint> went) {
    this.pid = pid;
    this.tracker = new Tracker(this, context, came, went);
    tracker.open();
  }

  /**
   * The endpoint.
   *
   * @throws KuraException SERVICE_UNAVAILABLE: it is not there
   */
  CloudEndpoint need() throws KuraException {
    CloudEndpoint now = endpoint.get();
    if (now == null) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE,
          "no cloud connection " + pid + "; create it or correct " + ENDPOINT);
    }
    return now;
  }

  List<CloudConnectionListener> listeners() {
    return listeners;
  }

  @Override
  public void onDisconnected() {
    listeners.forEach(CloudConnectionListener::onDisconnected);
  }

  @Override
  public void onConnectionLost() {
    listeners.forEach(CloudConnectionListener::onConnectionLost);
  }

  @Override
  public void onConnectionEstablished() {
    listeners.forEach(CloudConnectionListener::onConnectionEstablished);
  }

  @Override
  public void close() {
    tracker.close();
  }

  private static final class Tracker extends ServiceTracker<CloudEndpoint, CloudEndpoint> {

    private final EndpointTracker owner;
    private final Consumer<CloudEndpoint> came;
    private final Consumer<CloudEndpoint> went;

    Tracker(
        EndpointTracker owner,
        BundleContext context,
        Consumer<CloudEndpoint> came,
        Consumer<CloudEndpoint> went) {
      super(context, filter(owner.pid), null);
      this.owner = owner;
      this.came = came;
      this.went = went;
    }

    private static org.osgi.framework.Filter filter(String pid) {
      String value = pid.replaceAll("[\\\\()*]", "\\\\$0");
      try {
        return FrameworkUtil.createFilter(
            "(&(objectClass="
                + CloudEndpoint.class.getName()
                + ")(kura.service.pid="
                + value
                + "))");
      } catch (InvalidSyntaxException e) {
        throw new IllegalArgumentException(ENDPOINT + " can't be a pid: " + pid, e);
      }
    }

    @Override
    public CloudEndpoint addingService(ServiceReference<CloudEndpoint> reference) {
      CloudEndpoint arrived = super.addingService(reference);
      owner.endpoint.set(arrived);
      if (arrived instanceof CloudConnectionManager manager) {
        manager.registerCloudConnectionListener(owner);
      }
      came.accept(arrived);
      return arrived;
    }

    @Override
    public void removedService(ServiceReference<CloudEndpoint> reference, CloudEndpoint gone) {
      owner.endpoint.compareAndSet(gone, null);
      if (gone instanceof CloudConnectionManager manager) {
        manager.unregisterCloudConnectionListener(owner);
      }
      went.accept(gone);
      super.removedService(reference, gone);
    }
  }
}
