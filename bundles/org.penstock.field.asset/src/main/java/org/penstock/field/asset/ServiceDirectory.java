package org.penstock.field.asset;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Finds services by their kura.service.pid. Any thread may call. */
final class ServiceDirectory<T> implements AutoCloseable {

  private final ServiceTracker<T, T> tracker;

  /**
   * One that was found.
   *
   * @param pid its kura.service.pid
   * @param factoryPid its service.factoryPid; empty for a singleton
   * @param service the service
   */
  record Entry<T>(String pid, String factoryPid, T service) {}

  ServiceDirectory(BundleContext context, Class<T> type) {
    this.tracker = new ServiceTracker<>(context, type, null);
    tracker.open();
  }

  /** All of them, by pid; without those that have no kura.service.pid. */
  List<Entry<T>> all() {
    Map<String, Entry<T>> found = new TreeMap<>();
    tracker.getTracked().forEach((reference, service) -> add(found, reference, service));
    return List.copyOf(found.values());
  }

  private void add(Map<String, Entry<T>> found, ServiceReference<T> reference, T service) {
    Object pid = reference.getProperty(ConfigurationService.KURA_SERVICE_PID);
    Object factoryPid = reference.getProperty("service.factoryPid");
    if (pid instanceof String name) {
      found.put(name, new Entry<>(name, factoryPid == null ? "" : factoryPid.toString(), service));
    }
  }

  /** The one with this pid. */
  Optional<Entry<T>> find(String pid) {
    Objects.requireNonNull(pid, "pid");
    return all().stream().filter(entry -> entry.pid().equals(pid)).findFirst();
  }

  /** The pid of this service; null when it is not among them. */
  String pidOf(T service) {
    Objects.requireNonNull(service, "service");
    return all().stream()
        .filter(entry -> entry.service() == service)
        .map(Entry::pid)
        .findFirst()
        .orElse(null);
  }

  @Override
  public void close() {
    tracker.close();
  }
}
