package org.penstock.cloud.connection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudConnectionManager;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.factory.CloudConnectionFactory;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Who takes part in cloud connections now, ours or anyone's. Any thread may call. */
final class CloudRegistry {

  static final String PID = "kura.service.pid";

  /** A connection factory and its service's properties. */
  record Factory(String pid, String defaultPid, String pidRegex, CloudConnectionFactory service) {}

  /** A publisher or subscriber. */
  record Client(String pid, String factoryPid, String endpoint, String type) {}

  private final BundleContext context;

  CloudRegistry(BundleContext context) {
    this.context = context;
  }

  private <T> Collection<ServiceReference<T>> references(Class<T> type) {
    try {
      return context.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e); // there is no filter
    }
  }

  private static String text(ServiceReference<?> reference, String key) {
    Object value = reference.getProperty(key);
    return value == null ? null : value.toString();
  }

  List<Factory> factories() {
    List<Factory> all = new ArrayList<>();
    for (ServiceReference<CloudConnectionFactory> each : references(CloudConnectionFactory.class)) {
      CloudConnectionFactory service = context.getService(each);
      if (service != null) {
        all.add(
            new Factory(
                text(each, PID),
                text(each, "kura.ui.csf.pid.default"),
                text(each, "kura.ui.csf.pid.regex"),
                service));
      }
    }
    return all;
  }

  Optional<Factory> factory(String pid) {
    return factories().stream().filter(f -> f.pid() != null && f.pid().equals(pid)).findFirst();
  }

  Optional<CloudEndpoint> endpoint(String pid) {
    return references(CloudEndpoint.class).stream()
        .filter(r -> pid.equals(text(r, PID)))
        .map(context::getService)
        .filter(s -> s != null)
        .findFirst();
  }

  /** The endpoint, if it can be connected by hand. */
  Optional<CloudConnectionManager> manager(String pid) {
    return endpoint(pid)
        .filter(CloudConnectionManager.class::isInstance)
        .map(CloudConnectionManager.class::cast);
  }

  List<Client> clients() {
    List<Client> all = new ArrayList<>();
    references(CloudPublisher.class).forEach(r -> add(all, r, "PUBLISHER"));
    references(CloudSubscriber.class).forEach(r -> add(all, r, "SUBSCRIBER"));
    return all;
  }

  private static void add(List<Client> all, ServiceReference<?> reference, String type) {
    String endpoint = text(reference, EndpointTracker.ENDPOINT);
    String factory = text(reference, "service.factoryPid");
    if (endpoint != null && factory != null) {
      all.add(new Client(text(reference, PID), factory, endpoint, type));
    }
  }

  /** Pids of endpoints, their stacks, publishers and subscribers. */
  Set<String> allPids() throws KuraException {
    Set<String> pids = new TreeSet<>();
    for (Factory factory : factories()) {
      for (String endpoint : factory.service().getManagedCloudConnectionPids()) {
        pids.addAll(factory.service().getStackComponentsPids(endpoint));
      }
    }
    clients().forEach(client -> pids.add(client.pid()));
    return pids;
  }
}
