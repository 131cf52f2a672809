package org.penstock.flow.script;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.ScriptableObject;
import org.penstock.api.script.Script;
import org.penstock.api.script.ScriptException;
import org.penstock.api.script.ScriptException.Reason;
import org.penstock.api.script.ScriptFunction;

/** A script with its globals. One run at a time, others wait. */
final class JailedScript implements Script {

  private static final int SHOWN = 300;

  /** Compiling may take as many times as long as a run: it is bounded by the length of the source. */
  private static final int COMPILING = 10;

  private final Cell cell;
  private final Tally tally;
  private final String name;
  private final ScriptableObject globals;
  private final org.mozilla.javascript.Script compiled;
  private final AtomicBoolean defined = new AtomicBoolean();

  private JailedScript(
      Cell cell,
      Tally tally,
      String name,
      ScriptableObject globals,
      org.mozilla.javascript.Script compiled) {
    this.cell = cell;
    this.tally = tally;
    this.name = name;
    this.globals = globals;
    this.compiled = compiled;
  }

  static JailedScript of(
      Cell cell, Tally tally, String name, String source, Map<String, ScriptFunction> functions)
      throws ScriptException {
    Object[] made = new Object[2];
    within(
        cell,
        tally,
        name,
        COMPILING,
        context -> {
          made[0] = compile(context, name, source);
          ScriptableObject globals = Globals.make(context);
          functions.forEach(
              (key, function) -> {
                BaseFunction inside = Plain.function(function);
                inside.setParentScope(globals);
                inside.setPrototype(ScriptableObject.getFunctionPrototype(globals));
                globals.defineProperty(key, inside, ScriptableObject.DONTENUM);
              });
          made[1] = globals;
          return null;
        });
    return new JailedScript(
        cell, tally, name, (ScriptableObject) made[1], (org.mozilla.javascript.Script) made[0]);
  }

  private static org.mozilla.javascript.Script compile(
      Context context, String name, String source) {
    try {
      return context.compileString(Source.safe(context, name, source), name, 1, null);
    } catch (EvaluatorException wrong) {
      throw new Stop(
          Reason.SYNTAX, "line " + Math.max(1, wrong.lineNumber()) + ": " + wrong.details());
    }
  }

  @Override
  public Script replace(String source) throws ScriptException {
    Object[] made = new Object[1];
    within(
        cell,
        tally,
        name,
        COMPILING,
        context -> {
          made[0] = compile(context, name, source);
          return null;
        });
    return new JailedScript(cell, tally, name, globals, (org.mozilla.javascript.Script) made[0]);
  }

  @Override
  public Object run(Map<String, ?> variables, String result) throws ScriptException {
    synchronized (globals) {
      return within(
          cell,
          tally,
          name,
          1,
          context -> {
            Plain plain = new Plain(context, globals);
            variables.forEach(
                (key, value) -> ScriptableObject.putProperty(globals, key, plain.in(value)));
            if (result != null) {
              globals.delete(result);
            }
            Object last = compiled.exec(context, globals);
            defined.set(true);
            return plain.out(result == null ? last : globals.get(result, globals));
          });
    }
  }

  @Override
  public Object call(String function, List<?> arguments) throws ScriptException {
    synchronized (globals) {
      return within(
          cell,
          tally,
          name,
          1,
          context -> {
            if (!defined.get()) {
              compiled.exec(context, globals);
              defined.set(true);
            }
            if (!(globals.get(function, globals)
                instanceof org.mozilla.javascript.Function found)) {
              throw new Stop(Reason.THROWN, "there is no function " + function);
            }
            Plain plain = new Plain(context, globals);
            Object[] given = arguments.stream().map(plain::in).toArray();
            return plain.out(found.call(context, globals, globals, given));
          });
    }
  }

  private static Object within(
      Cell cell, Tally tally, String name, int times, Function<Context, Object> work)
      throws ScriptException {
    Cell.Metered context = cell.open();
    Meter before = context.begin(new Meter(times));
    tally.began();
    try {
      return work.apply(context);
    } catch (Stop stop) {
      throw ended(tally, name, stop.reason(), stop.getMessage());
    } catch (StackOverflowError deep) {
      throw ended(tally, name, Reason.DEPTH, "its calls or brackets go too deep");
    } catch (OutOfMemoryError full) {
      tally.outOfMemory();
      throw ended(tally, name, Reason.MEMORY, "there is no memory left: " + full.getMessage());
    } catch (RhinoException thrown) {
      throw thrown(tally, name, thrown);
    } finally {
      context.begin(before);
      Context.exit();
    }
  }

  private static ScriptException thrown(Tally tally, String name, RhinoException thrown) {
    try {
      String details = String.valueOf(thrown.details());
      boolean deep = details.contains("stack depth");
      return ended(
          tally,
          name,
          deep ? Reason.DEPTH : Reason.THROWN,
          "line "
              + thrown.lineNumber()
              + ": "
              + details.substring(0, Math.min(SHOWN, details.length())));
    } catch (Stop | RhinoException | StackOverflowError worse) {
      return ended(tally, name, Reason.THROWN, "it threw something that cannot be shown");
    }
  }

  private static ScriptException ended(Tally tally, String name, Reason reason, String why) {
    tally.ended(reason);
    return new ScriptException(reason, "script " + name + ": " + why);
  }
}
