package org.penstock.flow.wires.component;

import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.penstock.api.script.Sandbox;

/** {@link ScriptFilter} by the name that it had before Kura 6, for configurations that come from there. */
@Component(
    name = OldScriptFilterConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=1",
      "output.cardinality.maximum:Integer=1",
      "output.cardinality.default:Integer=1"
    })
@Designate(ocd = OldScriptFilterConfig.class, factory = true)
public final class OldScriptFilter extends Scripting {

  /** Called by the component runtime. */
  @Activate
  public OldScriptFilter(
      @Reference Sandbox sandbox,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(sandbox, helper, context, properties);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    configure(new Settings(properties));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    end();
  }
}
