package org.penstock.flow.wires.component;

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
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.ScriptException;

/** Emits what a script makes of records, in the thread that brings them. */
@Component(
    name = ScriptFilterConfig.FACTORY_PID,
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
@Designate(ocd = ScriptFilterConfig.class, factory = true)
public final class ScriptFilter extends Passing {

  private final String pid;
  private final Sandbox sandbox;
  private final Trouble trouble;
  private final ScriptLog log;
  private final AtomicReference<RecordScript> script = new AtomicReference<>();

  /** Called by the component runtime. */
  @Activate
  public ScriptFilter(
      @Reference Sandbox sandbox,
      @Reference WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.pid = new Settings(properties).pid();
    this.sandbox = sandbox;
    this.trouble = new Trouble("flow/script/", properties, context);
    this.log = new ScriptLog(pid);
    modified(properties);
  }

  /** A script that cannot be compiled leaves the one before in use. */
  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(properties);
    String source = settings.text(ScriptFilterConfig.SCRIPT, "");
    RecordScript before = script.get();
    try {
      boolean fresh = before == null || settings.flag(ScriptFilterConfig.DROP, false);
      script.set(fresh ? RecordScript.of(sandbox, pid, source, log) : before.with(source));
      trouble.isWell();
    } catch (ScriptException wrong) {
      trouble.failed(wrong.getMessage() + "; the script before stays in use");
    }
  }

  @Override
  public void onWireReceive(WireEnvelope envelope) {
    RecordScript now = script.get();
    if (now == null) {
      return;
    }
    try {
      emit(now.output(envelope));
      trouble.isWell();
    } catch (ScriptException failed) {
      trouble.failed(failed.getMessage());
    }
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    trouble.close();
  }
}
