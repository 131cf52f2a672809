package org.penstock.flow.wires;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.WireAdmin;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.penstock.api.health.HealthSource;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Kura's WireGraphService. Knows OSGi; {@link WireGraph} does the rest. */
@Component(
    name = WireGraphConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {WireGraphService.class, ConfigurableComponent.class},
    property = {
      "service.pid=" + WireGraphConfig.PID,
      "kura.service.pid=" + WireGraphConfig.PID,
      "kura.ui.service.hide:Boolean=true"
    })
@Designate(ocd = WireGraphConfig.class)
public final class WireGraphComponent
    implements WireGraphService,
        ConfigurableComponent,
        ServiceTrackerCustomizer<WireComponent, String[]> {

  private final Strand strand;
  private final GraphWires wires;
  private final WireGraph graph;
  private final ServiceTracker<WireComponent, String[]> components;
  private final ServiceRegistration<HealthSource> health;

  /** Called by the component runtime. */
  @Activate
  public WireGraphComponent(
      @Reference ConfigurationService configurations,
      @Reference WireAdminService admin,
      @Reference Strands strands,
      BundleContext context,
      Map<String, Object> properties) {
    this.strand = strands.open("flow/wires/graph");
    this.wires = new GraphWires(admin);
    GraphState state = new GraphState(wires::status, admin::all, () -> rivals(context));
    this.graph = new WireGraph(configurations, wires, state, strand);
    this.components = new ServiceTracker<>(context, WireComponent.class, this);
    modified(properties);
    components.open();
    this.health = context.registerService(HealthSource.class, state, null);
  }

  private static List<String> rivals(BundleContext context) {
    try {
      return context.getServiceReferences(WireAdmin.class, null).stream()
          .map(ServiceReference::getBundle)
          .filter(bundle -> bundle != null && !bundle.equals(context.getBundle()))
          .map(Bundle::getSymbolicName)
          .toList();
    } catch (InvalidSyntaxException impossible) {
      return List.of(); // there is no filter
    }
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Object json = properties.get(WireGraphConfig.GRAPH);
    graph.configured(json == null ? "" : json.toString());
  }

  /** Called by the component runtime. The wires go. */
  @Deactivate
  public void close() {
    health.unregister();
    components.close();
    strand.close();
    wires.use(Graph.EMPTY);
  }

  @Override
  public void update(WireGraphConfiguration asked) throws KuraException {
    graph.update(asked);
  }

  @Override
  public void delete() throws KuraException {
    graph.delete();
  }

  @Override
  public WireGraphConfiguration get() throws KuraException {
    return graph.get();
  }

  /** The component itself is not fetched: that may wait for its activation. */
  @Override
  public String[] addingService(ServiceReference<WireComponent> reference) {
    if (reference.getProperty(ConfigurationService.KURA_SERVICE_PID) instanceof String pid
        && reference.getProperty(Constants.SERVICE_PID) instanceof String servicePid) {
      wires.came(pid, servicePid);
      return new String[] {pid, servicePid};
    }
    return null;
  }

  @Override
  public void modifiedService(ServiceReference<WireComponent> reference, String[] pids) {
    // its pids stay
  }

  @Override
  public void removedService(ServiceReference<WireComponent> reference, String[] pids) {
    wires.went(pids[0], pids[1]);
  }
}
