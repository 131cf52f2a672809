package org.penstock.flow.wires.component;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.CloudSubscriber;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireRecord;
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
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits a record for each message from the cloud, on a strand of its own. */
@Component(
    name = CloudSubscriberConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {WireComponent.class, WireEmitter.class, Producer.class, ConfigurableComponent.class},
    property = {
      "input.cardinality.minimum:Integer=0",
      "input.cardinality.maximum:Integer=0",
      "input.cardinality.default:Integer=0",
      "output.cardinality.minimum:Integer=1",
      "output.cardinality.maximum:Integer=1",
      "output.cardinality.default:Integer=1"
    })
@Designate(ocd = CloudSubscriberConfig.class, factory = true)
public final class WireSubscriber
    implements WireEmitter, ConfigurableComponent, CloudSubscriberListener {

  /** Messages that may wait: what comes beyond is dropped, so that the transport is never held up. */
  static final int WAITING = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(WireSubscriber.class);

  private final String pid;
  private final Strand strand;
  private final WireSupport wires;
  private final Queue queue;
  private final AtomicReference<RecordMaker> maker =
      new AtomicReference<>(new RecordMaker("", RecordMaker.BodyType.BYTE_ARRAY));
  private final AtomicReference<CloudSubscriber> subscriber = new AtomicReference<>();
  private final Condition condition;
  private final ServiceRegistration<HealthSource> health;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public WireSubscriber(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = new Settings(properties).pid();
    this.strand = strands.open("flow/subscribe/" + pid);
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.queue = new Queue(strand, WAITING, true, wires::emit);
    this.condition = new Condition("flow/subscribe/" + pid, queue::figures);
    modified(properties);
    this.health = context.getBundleContext().registerService(HealthSource.class, condition, null);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    if (subscriber.get() == null) {
      condition.is(
          Level.DEGRADED,
          "no cloud subscriber %s: create it or correct %s"
              .formatted(
                  settings.text(CloudSubscriberConfig.TARGET, ""), CloudSubscriberConfig.TARGET));
    }
    try {
      maker.set(RecordMaker.parse(settings));
    } catch (IllegalArgumentException unusable) {
      String reason = unusable.getMessage() + "; the configuration before stays in use";
      condition.is(Level.DEGRADED, reason);
      LOG.error("{}: {}", pid, reason);
    }
  }

  @Reference(
      name = CloudSubscriberConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudSubscriber(CloudSubscriber arrived) {
    Optional.ofNullable(subscriber.getAndSet(arrived))
        .ifPresent(before -> before.unregisterCloudSubscriberListener(this));
    arrived.registerCloudSubscriberListener(this);
    condition.isWell();
  }

  void unsetCloudSubscriber(CloudSubscriber leaving) {
    if (subscriber.compareAndSet(leaving, null)) {
      leaving.unregisterCloudSubscriberListener(this);
      condition.is(Level.DEGRADED, "the cloud subscriber is gone");
    }
  }

  @Override
  public void onMessageArrived(KuraMessage message) {
    WireRecord record = maker.get().record(message);
    queue.add(List.of(record));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    health.unregister();
    queue.close();
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
}
