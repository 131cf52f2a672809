package org.penstock.core.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.health.HealthSource;

/**
 * The health sources that are registered. Each is asked for only when somebody looks: a source may
 * itself need the health service to come into being.
 */
final class HealthSources implements AutoCloseable {

  /** A source, once it was had. */
  private record Entry(
      ServiceReference<HealthSource> reference, AtomicReference<HealthSource> source) {}

  private final BundleContext context;
  private final ServiceTracker<HealthSource, Entry> tracker;

  HealthSources(BundleContext context) {
    this.context = context;
    tracker = new ServiceTracker<>(context, HealthSource.class, new Following());
    tracker.open();
  }

  /** All that can be had now. */
  List<HealthSource> all() {
    List<HealthSource> all = new ArrayList<>();
    for (Entry entry : tracker.getTracked().values()) {
      source(entry).ifPresent(all::add);
    }
    return all;
  }

  private Optional<HealthSource> source(Entry entry) {
    HealthSource known = entry.source().get();
    if (known != null) {
      return Optional.of(known);
    }
    HealthSource service = context.getService(entry.reference());
    HealthSource had = service == null ? null : new GuardedSource(service);
    if (had != null && !entry.source().compareAndSet(null, had)) {
      context.ungetService(entry.reference());
    }
    return Optional.ofNullable(had);
  }

  @Override
  public void close() {
    tracker.close();
  }

  /** Keeps references, not services. */
  private final class Following implements ServiceTrackerCustomizer<HealthSource, Entry> {

    @Override
    public Entry addingService(ServiceReference<HealthSource> reference) {
      return new Entry(reference, new AtomicReference<>());
    }

    @Override
    public void modifiedService(ServiceReference<HealthSource> reference, Entry entry) {
      // its properties say nothing here
    }

    @Override
    public void removedService(ServiceReference<HealthSource> reference, Entry entry) {
      if (entry.source().getAndSet(null) != null) {
        context.ungetService(reference);
      }
    }
  }
}
