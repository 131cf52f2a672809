package org.penstock.flow.wires;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireSupport;
import org.eclipse.kura.wire.graph.Constants;
import org.eclipse.kura.wire.multiport.MultiportWireEmitter;
import org.eclipse.kura.wire.multiport.MultiportWireReceiver;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Kura's WireHelperService over the service registry. Any thread may call. */
@Component
public final class WireComponents implements WireHelperService {

  private final BundleContext context;

  /** Called by the component runtime. */
  @Activate
  public WireComponents(BundleContext context) {
    this.context = context;
  }

  /** The component's {@code kura.service.pid}, or null when it is not registered. */
  @Override
  public String getPid(WireComponent component) {
    Objects.requireNonNull(component, "the wire component must not be null");
    return of(component)
        .map(reference -> text(reference, ConfigurationService.KURA_SERVICE_PID))
        .orElse(null);
  }

  /** The {@code service.pid} of the component with the {@code kura.service.pid}, or null. */
  @Override
  public String getServicePid(String kuraPid) {
    return named(kuraPid).map(WireComponents::servicePid).orElse(null);
  }

  /** The component's {@code service.pid}, or null when it is not registered. */
  @Override
  public String getServicePid(WireComponent component) {
    Objects.requireNonNull(component, "the wire component must not be null");
    return of(component).map(WireComponents::servicePid).orElse(null);
  }

  /** The component with the {@code kura.service.pid} is there and emits. */
  @Override
  public boolean isEmitter(String kuraPid) {
    return named(kuraPid).filter(reference -> isA(reference, WireEmitter.class)).isPresent();
  }

  /** The component with the {@code kura.service.pid} is there and receives. */
  @Override
  public boolean isReceiver(String kuraPid) {
    return named(kuraPid).filter(reference -> isA(reference, WireReceiver.class)).isPresent();
  }

  /**
   * Makes the ports of a component, as many as its service's {@code receiver.port.count} and {@code
   * emitter.port.count} say, else its kind's defaults.
   *
   * @return also a MultiportWireSupport; null when there is no reference
   * @throws IllegalArgumentException when the reference has not exactly one {@code service.pid}
   */
  @Override
  public WireSupport newWireSupport(
      WireComponent component, ServiceReference<WireComponent> reference) {
    Objects.requireNonNull(component, "the wire component must not be null");
    if (reference == null) {
      return null;
    }
    boolean receives =
        component instanceof WireReceiver || component instanceof MultiportWireReceiver;
    boolean emits = component instanceof WireEmitter || component instanceof MultiportWireEmitter;
    return new WirePorts(
        component,
        servicePid(reference),
        ports(reference, Constants.RECEIVER_PORT_COUNT_PROP_NAME, "input", receives),
        ports(reference, Constants.EMITTER_PORT_COUNT_PROP_NAME, "output", emits));
  }

  private static int ports(
      ServiceReference<?> reference, Constants count, String side, boolean any) {
    if (reference.getProperty(count.value()) instanceof Integer given && given >= 0) {
      return given;
    }
    if (reference.getProperty(side + ".cardinality.default") instanceof Integer usual
        && usual >= 0) {
      return usual;
    }
    return any ? 1 : 0;
  }

  private static String servicePid(ServiceReference<?> reference) {
    Object pid = reference.getProperty(org.osgi.framework.Constants.SERVICE_PID);
    if (pid instanceof Collection<?> || pid instanceof String[]) {
      throw new IllegalArgumentException(
          "service.pid must be one text, " + reference + " has several");
    }
    return (String) pid;
  }

  private static String text(ServiceReference<?> reference, String key) {
    return reference.getProperty(key) instanceof String text ? text : null;
  }

  private boolean isA(ServiceReference<WireComponent> reference, Class<?> kind) {
    WireComponent component = context.getService(reference);
    try {
      return kind.isInstance(component);
    } finally {
      context.ungetService(reference);
    }
  }

  private Optional<ServiceReference<WireComponent>> named(String kuraPid) {
    Objects.requireNonNull(kuraPid, "the pid must not be null");
    return references().stream()
        .filter(
            reference ->
                kuraPid.equals(reference.getProperty(ConfigurationService.KURA_SERVICE_PID)))
        .findFirst();
  }

  private Optional<ServiceReference<WireComponent>> of(WireComponent component) {
    for (ServiceReference<WireComponent> reference : references()) {
      try {
        if (context.getService(reference) == component) {
          return Optional.of(reference);
        }
      } finally {
        context.ungetService(reference);
      }
    }
    return Optional.empty();
  }

  private Collection<ServiceReference<WireComponent>> references() {
    try {
      return context.getServiceReferences(WireComponent.class, null);
    } catch (InvalidSyntaxException impossible) {
      return List.of(); // there is no filter
    }
  }
}
