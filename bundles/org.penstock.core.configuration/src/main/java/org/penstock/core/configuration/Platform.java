package org.penstock.core.configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.penstock.api.configuration.InstanceCheck;
import org.penstock.api.configuration.Problem;

/** What is asked of the framework now and then. Services that are not there are done without. */
final class Platform {

  private final BundleContext context;

  Platform(BundleContext context) {
    this.context = context;
  }

  /** Posts an event. */
  void post(Event event) {
    with(
        EventAdmin.class,
        admin -> {
          admin.postEvent(event);
          return true;
        },
        false);
  }

  /** The kura.service.pids of all services that the filter matches. */
  Set<String> matching(Filter filter) {
    Set<String> pids = new TreeSet<>();
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(null, filter.toString());
      for (ServiceReference<?> one : found == null ? new ServiceReference<?>[0] : found) {
        if (one.getProperty(Keys.KURA_PID) instanceof String pid) {
          pids.add(pid);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("no filter: " + filter, e);
    }
    return pids;
  }

  /** Names of components that declare one of the services, in order. */
  List<String> providers(Set<String> services) {
    return with(
        ServiceComponentRuntime.class,
        runtime -> {
          Set<String> names = new TreeSet<>();
          for (ComponentDescriptionDTO one : runtime.getComponentDescriptionDTOs()) {
            if (Arrays.stream(one.serviceInterfaces).anyMatch(services::contains)) {
              names.add(one.name);
            }
          }
          return new ArrayList<>(names);
        },
        new ArrayList<>());
  }

  /** What the factory itself finds wrong with the values. */
  List<Problem> instanceProblems(String factoryPid, String pid, Map<String, Object> values) {
    List<Problem> problems = new ArrayList<>();
    try {
      for (ServiceReference<InstanceCheck> one :
          context.getServiceReferences(InstanceCheck.class, null)) {
        InstanceCheck check =
            factoryPid.equals(one.getProperty(InstanceCheck.FACTORY))
                ? context.getService(one)
                : null;
        if (check != null) {
          problems.addAll(check.check(pid, values));
          context.ungetService(one);
        }
      }
    } catch (InvalidSyntaxException impossible) {
      throw new IllegalStateException(impossible); // there is no filter
    }
    return problems;
  }

  /** The box's name ({@code host.name}) or hardware address ({@code host.mac}). */
  static Optional<String> host(String name) {
    try {
      if (name.equals("host.name")) {
        return Optional.of(InetAddress.getLocalHost().getHostName());
      }
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] address = card.isLoopback() ? null : card.getHardwareAddress();
        if (address != null) {
          return Optional.of(HexFormat.of().withUpperCase().formatHex(address));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // a fragment that needs it is not applied, and named
    }
  }

  /** A framework property, or the other text when it is not set. */
  String property(String key, String otherwise) {
    String value = context.getProperty(key);
    return value == null || value.isBlank() ? otherwise : value.trim();
  }

  private <S, T> T with(Class<S> type, Function<S, T> use, T otherwise) {
    ServiceReference<S> reference = context.getServiceReference(type);
    S service = reference == null ? null : context.getService(reference);
    if (service == null) {
      return otherwise;
    }
    try {
      return use.apply(service);
    } finally {
      context.ungetService(reference);
    }
  }
}
