package org.penstock.console.rest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.kura.asset.Asset;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.driver.ChannelStates;

/** All assets with their groups and their channels' states. */
@Component(service = Plants.class)
public final class Plants {

  private static final String PID = "kura.service.pid";
  private static final String GROUP = "asset.group";

  /**
   * One asset.
   *
   * @param group by which permissions are limited; empty for none
   * @param states empty for an asset of an add-on that tells none
   */
  record Plant(String pid, String group, Asset asset, Optional<ChannelStates> states) {}

  private final ServiceTracker<Asset, ServiceReference<Asset>> tracker;
  private final BundleContext context;

  /** Called by the component runtime. */
  @Activate
  public Plants(BundleContext context) {
    this.context = context;
    tracker = new ServiceTracker<>(context, Asset.class, new References());
    tracker.open();
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    tracker.close();
  }

  /** All of them, in order of pid. */
  List<Plant> all() {
    Collection<ServiceReference<Asset>> references = tracker.getTracked().values();
    return references.stream()
        .map(this::plant)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(Plant::pid))
        .toList();
  }

  Optional<Plant> find(String pid) {
    for (ServiceReference<Asset> reference : tracker.getTracked().values()) {
      if (pid.equals(reference.getProperty(PID))) {
        return plant(reference);
      }
    }
    return Optional.empty();
  }

  /** The group of an asset that is there; empty otherwise. */
  String group(String pid) {
    return find(pid).map(Plant::group).orElse("");
  }

  private Optional<Plant> plant(ServiceReference<Asset> reference) {
    Asset asset = context.getService(reference);
    if (asset == null || !(reference.getProperty(PID) instanceof String pid)) {
      return Optional.empty();
    }
    String group = reference.getProperty(GROUP) instanceof String g ? g : "";
    Optional<ChannelStates> states =
        asset instanceof ChannelStates s ? Optional.of(s) : Optional.empty();
    return Optional.of(new Plant(pid, group, asset, states));
  }

  /** Keeps references, so that changed service properties are seen. */
  private final class References
      implements ServiceTrackerCustomizer<Asset, ServiceReference<Asset>> {
    @Override
    public ServiceReference<Asset> addingService(ServiceReference<Asset> reference) {
      return reference;
    }

    @Override
    public void modifiedService(ServiceReference<Asset> reference, ServiceReference<Asset> same) {
      // properties are read from the reference
    }

    @Override
    public void removedService(ServiceReference<Asset> reference, ServiceReference<Asset> same) {
      context.ungetService(reference);
    }
  }
}
