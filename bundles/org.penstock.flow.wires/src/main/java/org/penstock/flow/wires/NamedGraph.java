package org.penstock.flow.wires;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.configuration.ConfigurationService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.strand.Strands;

/** A graph beside the main one, with components of its own; assets may be in several graphs. */
@Component(
    name = NamedGraphConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = ConfigurableComponent.class,
    property = "kura.ui.service.hide:Boolean=true")
@Designate(ocd = NamedGraphConfig.class, factory = true)
public final class NamedGraph implements ConfigurableComponent {

  private final GraphHost host;

  /** Called by the component runtime. */
  @Activate
  public NamedGraph(
      @Reference ConfigurationService configurations,
      @Reference Flows flows,
      @Reference Strands strands,
      BundleContext context,
      Map<String, Object> properties) {
    String name = String.valueOf(properties.get(ConfigurationService.KURA_SERVICE_PID));
    if (name.equals(
        Flows.MAIN)) { // it would take the main graph's wires for its own and delete them
      throw new IllegalArgumentException("a named graph can't be called main; rename the instance");
    }
    this.host = new GraphHost(name, name, configurations, flows, strands, context, properties);
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
}
