package org.penstock.flow.wires.component;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.wire.WireEnvelope;
import org.eclipse.kura.wire.WireHelperService;
import org.osgi.service.component.ComponentContext;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.ScriptException;

/** What components that emit a script's records have in common: it runs in the thread that brings some. */
abstract class Scripting extends Passing {

  private final String pid;
  private final Sandbox sandbox;
  private final Trouble trouble;
  private final ScriptLog log;
  private final AtomicReference<RecordScript> script = new AtomicReference<>();

  Scripting(
      Sandbox sandbox,
      WireHelperService helper,
      ComponentContext context,
      Map<String, Object> properties) {
    super(helper, context);
    this.pid = new Settings(properties).pid();
    this.sandbox = sandbox;
    this.trouble = new Trouble("flow/script/", properties, context);
    this.log = new ScriptLog(pid);
  }

  /** A script that cannot be compiled leaves the one before in use. */
  final void configure(Settings settings) {
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
  public final void onWireReceive(WireEnvelope envelope) {
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

  final void end() {
    trouble.close();
  }
}
