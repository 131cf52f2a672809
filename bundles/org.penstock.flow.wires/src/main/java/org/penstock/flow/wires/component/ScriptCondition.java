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
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.wireadmin.Consumer;
import org.osgi.service.wireadmin.Producer;
import org.osgi.service.wireadmin.Wire;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.ScriptException;

/** Passes records on by port 0 when a script says true, by port 1 when it says false. */
@Component(
    name = ScriptConditionConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      WireComponent.class,
      WireEmitter.class,
      MultiportWireEmitter.class,
      WireReceiver.class,
      Producer.class,
      Consumer.class,
      ConfigurableComponent.class
    },
    property = {
      "input.cardinality.minimum:Integer=1",
      "input.cardinality.maximum:Integer=1",
      "input.cardinality.default:Integer=1",
      "output.cardinality.minimum:Integer=2",
      "output.cardinality.maximum:Integer=2",
      "output.cardinality.default:Integer=2",
      "input.port.names=0=if",
      "output.port.names=0=then",
      "output.port.names=1=else"
    })
@Designate(ocd = ScriptConditionConfig.class, factory = true)
public final class ScriptCondition
    implements WireEmitter, MultiportWireEmitter, WireReceiver, ConfigurableComponent {

  private final String pid;
  private final Sandbox sandbox;
  private final MultiportWireSupport wires;
  private final Trouble trouble;
  private final AtomicReference<Optional<RecordScript>> condition =
      new AtomicReference<>(Optional.empty());

  /** Called by the component runtime. */
  @Activate
  @SuppressWarnings("unchecked")
  public ScriptCondition(
      @Reference Sandbox sandbox,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    this.pid = new Settings(properties).pid();
    this.sandbox = sandbox;
    this.wires =
        (MultiportWireSupport)
            helper.newWireSupport(
                this, (ServiceReference<WireComponent>) context.getServiceReference());
    this.trouble = new Trouble("flow/script/", properties, context);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    String source = new Settings(properties).text(ScriptConditionConfig.CONDITION, "");
    condition.set(Optional.empty());
    if (source.isBlank()) {
      trouble.failed("there is no condition: nothing is passed on");
      return;
    }
    try {
      condition.set(Optional.of(RecordScript.of(sandbox, pid, source, new ScriptLog(pid))));
      trouble.isWell();
    } catch (ScriptException wrong) {
      trouble.failed(wrong.getMessage() + "; nothing is passed on");
    }
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    condition.get().ifPresent(now -> decide(now, envelope));
  }

  private void decide(RecordScript now, WireEnvelope envelope) {
    try {
      if (now.value(envelope) instanceof Boolean result) {
        wires
            .getEmitterPorts()
            .get(result ? 0 : 1)
            .emit(wires.createWireEnvelope(envelope.getRecords()));
        trouble.isWell();
      } else {
        trouble.failed("the condition gave neither true nor false: nothing is passed on");
      }
    } catch (ScriptException failed) {
      trouble.failed(failed.getMessage());
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
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
