package org.penstock.flow.wires;

import java.util.Map;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.wire.graph.WireGraphConfiguration;
import org.eclipse.kura.wire.graph.WireGraphService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.strand.Strands;

/** Kura's WireGraphService: the main graph. */
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
public final class WireGraphComponent implements WireGraphService, ConfigurableComponent {

  private final GraphHost host;

  /** Called by the component runtime. */
  @Activate
  public WireGraphComponent(
      @Reference ConfigurationService configurations,
      @Reference Flows flows,
      @Reference Strands strands,
      BundleContext context,
      Map<String, Object> properties) {
    this.host =
        new GraphHost(
            Flows.MAIN, WireGraphConfig.PID, configurations, flows, strands, context, properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    host.configured(properties);
  }

  /** Called by the component runtime. The wires go. */
  @Deactivate
  public void close() {
    host.close();
  }

  @Override
  public void update(WireGraphConfiguration asked) throws KuraException {
    host.graph().update(asked);
  }

  @Override
  public void delete() throws KuraException {
    host.graph().delete();
  }

  @Override
  public WireGraphConfiguration get() throws KuraException {
    return host.graph().get();
  }
}
