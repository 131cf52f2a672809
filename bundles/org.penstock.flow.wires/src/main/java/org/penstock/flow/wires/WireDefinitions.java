package org.penstock.flow.wires;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.graph.WireComponentDefinition;
import org.eclipse.kura.wire.graph.WireComponentDefinitionService;
import org.eclipse.kura.wire.multiport.MultiportWireEmitter;
import org.eclipse.kura.wire.multiport.MultiportWireReceiver;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds the kinds of wire components that the component runtime knows. Any thread may call. */
@Component
public final class WireDefinitions implements WireComponentDefinitionService {

  private static final Set<String> EMITTERS =
      Set.of(WireEmitter.class.getName(), MultiportWireEmitter.class.getName());
  private static final Set<String> RECEIVERS =
      Set.of(WireReceiver.class.getName(), MultiportWireReceiver.class.getName());

  private final ServiceComponentRuntime runtime;
  private final OCDService definitions;

  /** Called by the component runtime. */
  @Activate
  public WireDefinitions(
      @Reference ServiceComponentRuntime runtime, @Reference OCDService definitions) {
    this.runtime = runtime;
    this.definitions = definitions;
  }

  @Override
  public List<WireComponentDefinition> getComponentDefinitions() {
    List<WireComponentDefinition> found = new ArrayList<>();
    for (ComponentDescriptionDTO description : runtime.getComponentDescriptionDTOs()) {
      List<String> services = Arrays.asList(description.serviceInterfaces);
      boolean emits = services.stream().anyMatch(EMITTERS::contains);
      boolean receives = services.stream().anyMatch(RECEIVERS::contains);
      if (emits || receives || services.contains(WireComponent.class.getName())) {
        found.add(definition(description, emits, receives));
      }
    }
    return found;
  }

  private WireComponentDefinition definition(
      ComponentDescriptionDTO description, boolean emits, boolean receives) {
    PortLimits in = PortLimits.of(description.properties, "input", receives);
    PortLimits out = PortLimits.of(description.properties, "output", emits);
    WireComponentDefinition definition = new WireComponentDefinition();
    definition.setFactoryPid(description.name);
    definition.setMinInputPorts(in.least());
    definition.setMaxInputPorts(in.most());
    definition.setDefaultInputPorts(in.usual());
    definition.setMinOutputPorts(out.least());
    definition.setMaxOutputPorts(out.most());
    definition.setDefaultOutputPorts(out.usual());
    definition.setInputPortNames(in.names());
    definition.setOutputPortNames(out.names());
    definition.setComponentOCD(definitions.getFactoryComponentOCD(description.name));
    return definition;
  }
}
