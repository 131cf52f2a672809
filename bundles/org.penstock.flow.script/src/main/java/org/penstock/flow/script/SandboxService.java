package org.penstock.flow.script;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.script.Sandbox;
import org.penstock.api.script.Script;
import org.penstock.api.script.ScriptException;
import org.penstock.api.script.ScriptFunction;

/** The sandbox as a service. Any thread may call. */
@Component(service = {Sandbox.class, HealthSource.class})
public final class SandboxService implements Sandbox, HealthSource {

  /** Loads the interpreter's classes, so that the first script of a user has its time for itself. */
  private static final String WARM_UP =
      "function f(a) { var r = []; for (var i = 0; i < 9; i++) { r.push({k: a + i}) }"
          + " return JSON.stringify(r.map(function (o) { return /a(\\d)/.exec(o.k)[1] })) }";

  private final AtomicBoolean warm = new AtomicBoolean();
  private final Instant since = Instant.now();
  private final Cell cell = new Cell();
  private final Tally tally = new Tally();

  /** Called by the component runtime. */
  @Activate
  public SandboxService() {
    // nothing is made before a script comes
  }

  @Override
  public Script compile(String name, String source, Map<String, ScriptFunction> functions)
      throws ScriptException {
    if (warm.compareAndSet(false, true)) {
      warmUp();
    }
    return JailedScript.of(cell, tally, name, source, functions);
  }

  /** On a busy machine loading the classes outlasts the limit: that is no fault of the user's script. */
  private void warmUp() {
    try {
      JailedScript.of(cell, new Tally(), "warm-up", WARM_UP, Map.of()).call("f", List.of("a"));
    } catch (ScriptException slow) {
      warm.set(false); // the next script goes on with it
    }
  }

  @Override
  public String name() {
    return "flow/script/sandbox";
  }

  @Override
  public HealthState health() {
    return new HealthState(HealthState.Level.OK, "", since, tally.figures());
  }
}
