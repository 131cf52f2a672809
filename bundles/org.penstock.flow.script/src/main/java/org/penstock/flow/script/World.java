package org.penstock.flow.script;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;
import org.penstock.api.script.ScriptFunction;

/**
 * The globals of a script, kept from run to run. When they hold too much they begin afresh. Belongs to
 * whoever holds its lock.
 */
final class World {

  private final Map<String, ScriptFunction> functions;
  private final AtomicReference<ScriptableObject> globals = new AtomicReference<>();
  private final AtomicLong age = new AtomicLong();
  private final AtomicLong unlooked = new AtomicLong();

  /**
   * @param functions of the gateway, by the name of the global
   */
  World(Context context, Map<String, ScriptFunction> functions) {
    this.functions = functions;
    renew(context);
  }

  ScriptableObject globals() {
    return globals.get();
  }

  /** How often it began. */
  long age() {
    return age.get();
  }

  void renew(Context context) {
    ScriptableObject made = Globals.make(context);
    functions.forEach(
        (key, function) -> {
          BaseFunction inside = Plain.function(function);
          inside.setParentScope(made);
          inside.setPrototype(ScriptableObject.getFunctionPrototype(made));
          made.defineProperty(key, inside, ScriptableObject.DONTENUM);
        });
    globals.set(made);
    unlooked.set(0);
    age.incrementAndGet();
  }

  /**
   * Notes what a run allocated. Only when all runs since the last look allocated as much as may be held,
   * more can be held.
   *
   * @return the globals hold too much
   */
  boolean isTooLargeAfter(long allocated) {
    if (unlooked.addAndGet(allocated) <= Limits.HELD) {
      return false;
    }
    unlooked.set(0);
    return Held.by(globals(), Limits.HELD) > Limits.HELD;
  }
}
