package org.penstock.flow.wires.component;

import java.time.Clock;
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

/** Passes on values that have moved, in the thread that brings them. */
@Component(
    name = DeadbandConfig.FACTORY_PID,
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
@Designate(ocd = DeadbandConfig.class, factory = true)
public final class Deadband extends Passing {

  private final Trouble trouble;
  private final AtomicReference<Band> band = new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public Deadband(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.trouble = new Trouble("flow/deadband/", properties, context);
    modified(properties);
  }

  /** Forgets what passed before. */
  @Modified
  void modified(Map<String, Object> properties) {
    trouble.configure(() -> band.set(new Band(new Settings(properties), Clock.systemUTC())));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    Band now = band.get();
    emit(now == null ? envelope.getRecords() : now.apply(envelope.getRecords()));
  }
}
