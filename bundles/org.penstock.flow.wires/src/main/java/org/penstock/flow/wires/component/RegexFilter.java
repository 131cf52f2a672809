package org.penstock.flow.wires.component;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireSupport;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes records on with some of their values, in the thread that brings them. */
@Component(
    name = RegexFilterConfig.FACTORY_PID,
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
@Designate(ocd = RegexFilterConfig.class, factory = true)
public final class RegexFilter implements WireEmitter, WireReceiver, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(RegexFilter.class);

  private final WireSupport wires;
  private final AtomicReference<KeyFilter> filter = new AtomicReference<>(KeyFilter.PASS);

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public RegexFilter(
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    try {
      filter.set(KeyFilter.parse(settings));
    } catch (IllegalArgumentException unusable) {
      filter.set(KeyFilter.PASS);
      LOG.warn("{} passes all values: {}", settings.pid(), unusable.getMessage());
    }
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    wires.emit(filter.get().apply(envelope.getRecords()));
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
