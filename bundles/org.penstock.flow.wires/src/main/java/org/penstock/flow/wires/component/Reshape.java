package org.penstock.flow.wires.component;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
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

/** Gives values other names, units and scales, in the thread that brings them. */
@Component(
    name = ReshapeConfig.FACTORY_PID,
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
@Designate(ocd = ReshapeConfig.class, factory = true)
public final class Reshape extends Passing {

  private final AtomicReference<Shaper> shaper = new AtomicReference<>(Shaper.NONE);
  private final Trouble trouble;

  /** Called by the component runtime. */
  @Activate
  public Reshape(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.trouble = new Trouble("flow/reshape/", properties, context);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    trouble.configure(() -> shaper.set(Shaper.parse(new Settings(properties))));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    emit(shaper.get().apply(envelope.getRecords()));
  }
}
