package org.eclipse.kura.util.osgi;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Follows the best service of a kind and tells of each change, with null when the last one goes. */
public class SingleServiceTracker<T> {

  private final ServiceTracker<T, T> tracker;
  private final BundleContext context;
  private final Consumer<T> consumer;
  private volatile T current;

  public SingleServiceTracker(BundleContext context, Class<T> type, Consumer<T> consumer) {
    this.context = requireNonNull(context, "the context must not be null");
    this.consumer = consumer;
    this.tracker = new ServiceTracker<>(context, type, new Following());
  }

  public SingleServiceTracker(BundleContext context, Filter filter, Consumer<T> consumer) {
    this.context = requireNonNull(context, "the context must not be null");
    this.consumer = consumer;
    this.tracker = new ServiceTracker<>(context, filter, new Following());
  }

  public void open() {
    tracker.open();
  }

  public void close() {
    tracker.close();
  }

  protected T adding(ServiceReference<T> reference) {
    T service = context.getService(reference);
    if (service != null && isBest(reference)) {
      choose(service);
    }
    return service;
  }

  private boolean isBest(ServiceReference<T> reference) {
    ServiceReference<T> known = tracker.getServiceReference();
    return known == null || reference.compareTo(known) > 0;
  }

  protected void modified(ServiceReference<T> reference, T service) {
    choose(tracker.getService());
  }

  protected void removed(ServiceReference<T> reference, T service) {
    choose(tracker.getService());
    context.ungetService(reference);
  }

  private synchronized void choose(T service) {
    if (service != current) {
      current = service;
      notifyService(service);
    }
  }

  protected void notifyService(T service) {
    if (consumer != null) {
      consumer.accept(service);
    }
  }

  public T getService() {
    return current;
  }

  private final class Following implements ServiceTrackerCustomizer<T, T> {

    @Override
    public T addingService(ServiceReference<T> reference) {
      return adding(reference);
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {
      modified(reference, service);
    }

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
      removed(reference, service);
    }
  }
}
