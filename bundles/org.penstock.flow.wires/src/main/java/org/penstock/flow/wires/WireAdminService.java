package org.penstock.flow.wires;

import java.util.Arrays;
import java.util.Collection;
import java.util.Dictionary;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.osgi.service.wireadmin.WireAdmin;
import org.osgi.service.wireadmin.WireAdminListener;
import org.osgi.service.wireadmin.WireConstants;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** OSGi's WireAdmin, in memory. Knows OSGi; {@link Wiring} does the rest. */
@Component(
    service = {WireAdmin.class, WireAdminService.class},
    immediate = true)
public final class WireAdminService implements WireAdmin {

  private final BundleContext context;
  private final Strand strand;
  private final WireNews news;
  private final Wiring wiring;
  private final List<ServiceTracker<?, ?>> trackers;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public WireAdminService(@Reference Strands strands, ComponentContext component) {
    this.context = component.getBundleContext();
    this.strand = strands.open("flow/wires/admin");
    this.news =
        new WireNews(
            strand, () -> (ServiceReference<WireAdmin>) (Object) component.getServiceReference());
    this.wiring = new Wiring(strand, news, Lanes.over(strands));
    this.trackers =
        List.of(
            new ServiceTracker<>(context, WireAdminListener.class, new Listeners()),
            new ServiceTracker<>(
                context,
                Consumer.class,
                new Ends<>(
                    (reference, service) ->
                        pids(reference)
                            .forEach(pid -> wiring.consumerCame(pid, end(reference, service))),
                    reference ->
                        pids(reference).forEach(pid -> wiring.consumerWent(pid, reference)))),
            new ServiceTracker<>(
                context,
                Producer.class,
                new Ends<>(
                    (reference, service) ->
                        pids(reference)
                            .forEach(pid -> wiring.producerCame(pid, end(reference, service))),
                    reference ->
                        pids(reference).forEach(pid -> wiring.producerWent(pid, reference)))));
    trackers.forEach(ServiceTracker::open);
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trackers.forEach(ServiceTracker::close);
    wiring.close();
    strand.close();
  }

  Wiring wiring() {
    return wiring;
  }

  /** All wires, with what went over them. */
  List<LiveWire> all() {
    return wiring.all();
  }

  @Override
  public Wire createWire(String producerPid, String consumerPid, Dictionary<String, ?> properties) {
    return wiring.createWire(producerPid, consumerPid, properties);
  }

  @Override
  public void deleteWire(Wire wire) {
    wiring.deleteWire(wire);
  }

  @Override
  public void updateWire(Wire wire, Dictionary<String, ?> properties) {
    wiring.updateWire(wire, properties);
  }

  @Override
  public Wire[] getWires(String filter) throws InvalidSyntaxException {
    return wiring.getWires(filter);
  }

  private static List<String> pids(ServiceReference<?> reference) {
    Object pid = reference.getProperty(Constants.SERVICE_PID);
    if (pid instanceof String one) {
      return List.of(one);
    }
    if (pid instanceof String[] several) {
      return Arrays.asList(several);
    }
    return pid instanceof Collection<?> several
        ? several.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static <T> EndBook.End<T> end(ServiceReference<T> reference, T service) {
    Object flavors = reference.getProperty(WireConstants.WIREADMIN_CONSUMER_FLAVORS);
    return new EndBook.End<>(reference, service, flavors instanceof Class<?>[] some ? some : null);
  }

  /**
   * Follows producers or consumers. A component is fetched by the strand, since its activation may
   * run in the thread that announces it and may take long; it is left at once.
   */
  private final class Ends<T> implements ServiceTrackerCustomizer<T, ServiceReference<T>> {

    private final Set<ServiceReference<T>> there = ConcurrentHashMap.newKeySet();
    private final BiConsumer<ServiceReference<T>, T> came;
    private final java.util.function.Consumer<ServiceReference<T>> went;

    Ends(
        BiConsumer<ServiceReference<T>, T> came,
        java.util.function.Consumer<ServiceReference<T>> went) {
      this.came = came;
      this.went = went;
    }

    @Override
    public ServiceReference<T> addingService(ServiceReference<T> reference) {
      there.add(reference);
      strand.execute(() -> fetch(reference));
      return reference;
    }

    private void fetch(ServiceReference<T> reference) {
      T service = context.getService(reference);
      if (service == null) {
        return;
      }
      boolean taken;
      synchronized (this) {
        taken = there.contains(reference);
        if (taken) {
          came.accept(reference, service);
        }
      }
      if (!taken) {
        context.ungetService(reference);
      }
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, ServiceReference<T> same) {
      // its pid stays
    }

    @Override
    public synchronized void removedService(
        ServiceReference<T> reference, ServiceReference<T> same) {
      there.remove(reference);
      went.accept(reference);
      context.ungetService(reference);
    }
  }

  /** Follows listeners. */
  private final class Listeners
      implements ServiceTrackerCustomizer<WireAdminListener, WireAdminListener> {

    @Override
    public WireAdminListener addingService(ServiceReference<WireAdminListener> reference) {
      WireAdminListener listener = context.getService(reference);
      if (reference.getProperty(WireConstants.WIREADMIN_EVENTS) instanceof Integer events) {
        news.add(listener, events);
      }
      return listener;
    }

    @Override
    public void modifiedService(
        ServiceReference<WireAdminListener> reference, WireAdminListener listener) {
      removed(listener);
      if (reference.getProperty(WireConstants.WIREADMIN_EVENTS) instanceof Integer events) {
        news.add(listener, events);
      }
    }

    private void removed(WireAdminListener listener) {
      news.remove(listener);
    }

    @Override
    public void removedService(
        ServiceReference<WireAdminListener> reference, WireAdminListener listener) {
      removed(listener);
      context.ungetService(reference);
    }
  }
}
