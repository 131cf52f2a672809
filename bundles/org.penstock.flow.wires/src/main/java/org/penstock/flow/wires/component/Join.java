package org.penstock.flow.wires.component;

import java.util.List;
import java.util.Map;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.graph.BarrierAggregatorFactory;
import org.eclipse.kura.wire.graph.CachingAggregatorFactory;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.eclipse.kura.wire.graph.PortAggregatorFactory;
import org.eclipse.kura.wire.multiport.MultiportWireReceiver;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;

/** Puts the records of two inputs together, in the thread that brings the later one. */
@Component(
    name = JoinConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      MultiportWireReceiver.class,
      Producer.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=2",
      "input.cardinality.maximum:Integer=2",
      "input.cardinality.default:Integer=2",
      "output.cardinality.minimum:Integer=1",
      "output.cardinality.maximum:Integer=1",
      "output.cardinality.default:Integer=1"
    })
@Designate(ocd = JoinConfig.class, factory = true)
public final class Join implements WireEmitter, MultiportWireReceiver, ConfigurableComponent {

  private final BarrierAggregatorFactory barriers;
  private final CachingAggregatorFactory caches;
  private final MultiportWireSupport wires;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public Join(
      @Reference WireHelperService helper,
      @Reference BarrierAggregatorFactory barriers,
      @Reference CachingAggregatorFactory caches,
      ComponentContext context,
      Map<String, Object> properties) {
    this.barriers = barriers;
    this.caches = caches;
    this.wires =
        (MultiportWireSupport)
            helper.newWireSupport(
                this, (ServiceReference<WireComponent>) context.getServiceReference());
    modified(properties);
  }

  /** Forgets what one input brought before. */
  @Modified
  void modified(Map<String, Object> properties) {
    boolean barrier = new Settings(properties).flag(JoinConfig.BARRIER, true);
    PortAggregatorFactory factory = barrier ? barriers : caches;
    factory.build(wires.getReceiverPorts()).onWireReceive(this::arrived);
  }

  private void arrived(List<WireEnvelope> envelopes) {
    wires.emit(Pairing.join(envelopes));
  }

  @Override
  public Object polled(Wire wire) {
    return wires.polled(wire);
  }

  @Override
  public void consumersConnected(Wire[] connected) {
    wires.consumersConnected(connected);
  }

  @Override
  public void updated(Wire wire, Object value) {
    wires.updated(wire, value);
  }

  @Override
  public void producersConnected(Wire[] connected) {
    wires.producersConnected(connected);
  }
}
