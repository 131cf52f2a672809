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
import org.osgi.framework.ServiceRegistration;
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
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes envelopes on in order, on a strand of its own. */
@Component(
    name = FifoConfig.FACTORY_PID,
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
@Designate(ocd = FifoConfig.class, factory = true)
public final class Fifo implements WireEmitter, WireReceiver, ConfigurableComponent, Patient {

  private static final Logger LOG = LoggerFactory.getLogger(Fifo.class);

  private final String pid;
  private final Strand strand;
  private final WireSupport wires;
  private final AtomicReference<Queue> queue = new AtomicReference<>();
  private final Condition condition;
  private final ServiceRegistration<HealthSource> health;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public Fifo(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = new Settings(properties).pid();
    this.strand = strands.open("flow/fifo/" + pid);
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.queue.set(new Queue(strand, 50, false, wires::emit));
    this.condition = new Condition("flow/fifo/" + pid, () -> queue.get().figures());
    modified(properties);
    this.health = context.getBundleContext().registerService(HealthSource.class, condition, null);
  }

  /** Begins with an empty queue; sizes that cannot be are refused. */
  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    try {
      int capacity = settings.number(FifoConfig.CAPACITY, 50, 1, 1_000_000);
      boolean discard = settings.flag(FifoConfig.DISCARD, false);
      queue.getAndSet(new Queue(strand, capacity, discard, wires::emit)).close();
      condition.isWell();
    } catch (IllegalArgumentException unusable) {
      String reason = unusable.getMessage() + "; the queue before stays in use";
      condition.is(Level.FAILED, reason);
      LOG.error("{}: {}", pid, reason);
    }
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    queue.get().add(envelope.getRecords());
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    health.unregister();
    queue.get().close();
    strand.close();
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
