package org.penstock.flow.wires.component;

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

/** Gathers records and passes them on in one envelope; what waits goes on when it is reconfigured. */
@Component(
    name = BatchConfig.FACTORY_PID,
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
@Designate(ocd = BatchConfig.class, factory = true)
public final class Batch extends Passing {

  private final Strand strand;
  private final AtomicReference<Pile> pile = new AtomicReference<>();
  private final Trouble trouble;

  /** Called by the component runtime. */
  @Activate
  public Batch(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.strand = strands.open("flow/batch/" + new Settings(properties).pid());
    this.trouble =
        new Trouble(
            "flow/batch/",
            properties,
            context,
            () -> Optional.ofNullable(pile.get()).map(Pile::figures).orElse(Map.of()));
    modified(properties);
  }

  /** Begins with an empty pile. */
  @Modified
  void modified(Map<String, Object> properties) {
    trouble.configure(
        () ->
            Optional.ofNullable(
                    pile.getAndSet(new Pile(new Settings(properties), strand, this::emit)))
                .ifPresent(Pile::flush));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
    strand.close();
    Optional.ofNullable(pile.get()).ifPresent(Pile::flush);
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    Optional.ofNullable(pile.get())
        .ifPresentOrElse(now -> now.add(envelope.getRecords()), () -> emit(envelope.getRecords()));
  }
}
