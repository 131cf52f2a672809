package org.penstock.flow.wires.component;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
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
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;

/** Emits what the numbers of a time window come to, on a strand of its own. */
@Component(
    name = AggregateConfig.FACTORY_PID,
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
@Designate(ocd = AggregateConfig.class, factory = true)
public final class Aggregate extends Passing {

  private final Strand strand;
  private final AtomicReference<Window> window = new AtomicReference<>();
  private final Trouble trouble;

  /** Called by the component runtime. */
  @Activate
  public Aggregate(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.strand = strands.open("flow/aggregate/" + new Settings(properties).pid());
    this.trouble = new Trouble("flow/aggregate/", properties, context);
    modified(properties);
  }

  /** The window that is open closes early. */
  @Modified
  void modified(Map<String, Object> properties) {
    trouble.configure(
        () -> {
          Window now = new Window(new Settings(properties), Clock.systemUTC(), strand, this::emit);
          Optional.ofNullable(window.getAndSet(now)).ifPresent(Window::close);
        });
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
    Optional.ofNullable(window.get()).ifPresent(Window::close);
    strand.close();
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    Optional.ofNullable(window.get()).ifPresent(now -> now.add(envelope.getRecords()));
  }
}
