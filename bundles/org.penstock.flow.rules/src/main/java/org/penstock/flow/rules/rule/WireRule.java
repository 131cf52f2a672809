package org.penstock.flow.rules.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.WireEmitter;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.eclipse.kura.wire.WireReceiver;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.graph.MultiportWireSupport;
import org.eclipse.kura.wire.multiport.MultiportWireEmitter;
import org.osgi.framework.ServiceReference;
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
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strands;
import org.penstock.api.write.ChannelWriter;
import org.penstock.flow.rules.alarm.Alarms;

/**
 * A rule that is drawn into a wire graph: its expressions may use keys of the records that come as words. It
 * does all that a rule does, and sends on: by port 0 a record when it becomes active and when it acts again,
 * by port 1 one when it ceases to be, by port 2 what comes while it is active. Records are taken over in the
 * thread that brings them and sent on in the rule's own, so that it delays nobody.
 */
@Component(
    name = WireRuleConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      MultiportWireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class,
      ConfigurableComponent.class,
      HealthSource.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=3",
      "output.cardinality.maximum:Integer=3",
      "output.cardinality.default:Integer=3",
      "output.port.names=0=begins",
      "output.port.names=1=ends",
      "output.port.names=2=while"
    })
@Designate(ocd = WireRuleConfig.class, factory = true)
public final class WireRule
    implements WireEmitter,
        MultiportWireEmitter,
        WireReceiver,
        ConfigurableComponent,
        HealthSource {

  /** Added to records that say what the rule decides: its pid, whether it is active, since when. */
  static final String NAME = "ruleName";

  static final String ACTIVE = "ruleActive";
  static final String TIME = "ruleTimestamp";

  private static final int BEGINS = 0;
  private static final int ENDS = 1;
  private static final int WHILE = 2;

  private final String pid;
  private final MultiportWireSupport wires;
  private final Rule rule;

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public WireRule(
      @Reference RuleEngine engine,
      @Reference ChannelWriter writer,
      @Reference Alarms alarms,
      @Reference Strands strands,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = String.valueOf(properties.get("kura.service.pid"));
    this.wires =
        (MultiportWireSupport)
            helper.newWireSupport(
                this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.rule = new Rule(engine, writer, alarms, strands, properties, new Outputs());
  }

  @Modified
  void modified(Map<String, Object> now) {
    rule.modified(now);
  }

  @Reference(
      name = SharedRuleConfig.REFERENCE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      cardinality = ReferenceCardinality.OPTIONAL)
  void setCloudPublisher(CloudPublisher publisher) {
    rule.setCloudPublisher(publisher);
  }

  /** The publisher is gone, unless another took its place. */
  void unsetCloudPublisher(CloudPublisher publisher) {
    rule.unsetCloudPublisher(publisher);
  }

  /** Called by the component runtime. */
  @Deactivate
  void deactivate(int reason) {
    rule.deactivate(reason);
  }

  /** What the rule decides, as records; on its strand. */
  private final class Outputs implements Ports {

    private Map<String, TypedValue<?>> last = Map.of();

    @Override
    public void comes(Map<String, TypedValue<?>> record) {
      last = record;
    }

    @Override
    public void began(long at) {
      decided(BEGINS, at);
    }

    @Override
    public void goesOn(long at) {
      decided(BEGINS, at);
    }

    @Override
    public void ended(long at) {
      decided(ENDS, at);
    }

    private void decided(int port, long at) {
      Map<String, TypedValue<?>> all = new HashMap<>(last);
      all.put(NAME, TypedValues.newStringValue(pid));
      all.put(ACTIVE, TypedValues.newBooleanValue(port == BEGINS));
      all.put(TIME, TypedValues.newLongValue(at));
      send(port, new WireRecord(all));
    }
  }

  private void send(int port, WireRecord record) {
    wires.getEmitterPorts().get(port).emit(wires.createWireEnvelope(List.of(record)));
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    for (WireRecord record : envelope.getRecords()) {
      rule.receive(
          record.getProperties(),
          active -> {
            if (active) {
              send(WHILE, record);
            }
          });
    }
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

  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public HealthState health() {
    return rule.health();
  }
}
