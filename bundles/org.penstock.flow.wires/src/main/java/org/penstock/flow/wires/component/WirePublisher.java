package org.penstock.flow.wires.component;

import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.message.KuraPosition;
import org.eclipse.kura.position.PositionService;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
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
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes each record as a message, in the thread that brings it. */
@Component(
    name = CloudPublisherConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireReceiver.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=0",
      "output.cardinality.maximum:Integer=0",
      "output.cardinality.default:Integer=0"
    })
@Designate(ocd = CloudPublisherConfig.class, factory = true)
public final class WirePublisher implements WireReceiver, ConfigurableComponent {

  private static final Logger LOG = LoggerFactory.getLogger(WirePublisher.class);

  private final String pid;
  private final Strand strand;
  private final WireSupport wires;
  private final Outlet outlet;
  private final AtomicReference<MessageMaker> maker = new AtomicReference<>();
  private final AtomicReference<PositionService> positions = new AtomicReference<>();
  private final ServiceRegistration<HealthSource> health;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public WirePublisher(
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = new Settings(properties).pid();
    this.strand = strands.open("flow/publish/" + pid);
    this.outlet = new Outlet(pid, strand);
    this.wires =
        helper.newWireSupport(
            this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.maker.set(new MessageMaker(PositionDetail.NONE, "", false));
    modified(properties);
    this.health =
        context.getBundleContext().registerService(HealthSource.class, outlet.condition(), null);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    outlet.target(settings.text(CloudPublisherConfig.TARGET, ""));
    try {
      maker.set(MessageMaker.parse(settings));
    } catch (IllegalArgumentException unusable) {
      outlet
          .condition()
          .is(Level.DEGRADED, unusable.getMessage() + "; the configuration before stays in use");
      LOG.error("{}: {}; the configuration before stays in use", pid, unusable.getMessage());
    }
  }

  @Reference(
      name = CloudPublisherConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudPublisher(CloudPublisher publisher) {
    outlet.publisher(publisher);
  }

  void unsetCloudPublisher(CloudPublisher publisher) {
    outlet.gone(publisher);
  }

  @Reference(
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setPositionService(PositionService service) {
    positions.set(service);
  }

  void unsetPositionService(PositionService service) {
    positions.compareAndSet(service, null);
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    MessageMaker now = maker.get();
    Date time = new Date();
    Optional<KuraPosition> position = now.detail().read(positions.get(), time);
    for (WireRecord record : envelope.getRecords()) {
      outlet.send(now.message(record, time, position));
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    health.unregister();
    outlet.close();
    strand.close();
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
