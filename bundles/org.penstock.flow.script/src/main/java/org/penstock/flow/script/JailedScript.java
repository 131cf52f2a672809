package org.penstock.flow.script;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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

  private static final String DROPPED =
      "its variables are dropped, they held more than " + Limits.HELD / (1024 * 1024) + " MB";

  private final Cell cell;
  private final Tally tally;
  private final String name;
  private final World world;
  private final org.mozilla.javascript.Script compiled;

  /** The age of the world in which it ran last. */
  private final AtomicLong defined = new AtomicLong();

  private JailedScript(
      Cell cell, Tally tally, String name, World world, org.mozilla.javascript.Script compiled) {
    this.cell = cell;
    this.tally = tally;
    this.name = name;
    this.world = world;
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
          made[1] = new World(context, Map.copyOf(functions));
          return null;
        });
    return new JailedScript(
        cell, tally, name, (World) made[1], (org.mozilla.javascript.Script) made[0]);
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
    return new JailedScript(cell, tally, name, world, (org.mozilla.javascript.Script) made[0]);
  }

  @Override
  public Object run(Map<String, ?> variables, String result) throws ScriptException {
    return bounded(
        context -> {
          ScriptableObject globals = world.globals();
          Plain plain = new Plain(context, globals);
          variables.forEach(
              (key, value) -> ScriptableObject.putProperty(globals, key, plain.in(value)));
          if (result != null) {
            globals.delete(result);
          }
          Object last = execute(context);
          return plain.out(result == null ? last : globals.get(result, globals));
        });
  }

  @Override
  public Object call(String function, List<?> arguments) throws ScriptException {
    return bounded(
        context -> {
          ScriptableObject globals = world.globals();
          if (defined.get() != world.age()) {
            execute(context);
          }
          if (!(globals.get(function, globals) instanceof org.mozilla.javascript.Function found)) {
            throw new Stop(Reason.THROWN, "there is no function " + function);
          }
          Plain plain = new Plain(context, globals);
          Object[] given = arguments.stream().map(plain::in).toArray();
          return plain.out(found.call(context, globals, globals, given));
        });
  }

  private Object execute(Context context) {
    Object last = compiled.exec(context, world.globals());
    defined.set(world.age());
    return last;
  }

  /** One run within its share; what it leaves in its globals is bounded, too, however it ended. */
  private Object bounded(Function<Context, Object> work) throws ScriptException {
    long[] allocated = new long[1];
    Function<Context, Object> measured =
        context -> {
          try {
            return work.apply(context);
          } finally {
            allocated[0] = Cell.meter(context).allocated();
          }
        };
    synchronized (world) {
      Object result;
      try {
        result = within(cell, tally, name, 1, measured);
      } catch (ScriptException ended) {
        if (world.isTooLargeAfter(allocated[0])) {
          renew();
          throw new ScriptException(ended.reason(), ended.getMessage() + "; " + DROPPED);
        }
        throw ended;
      }
      if (world.isTooLargeAfter(allocated[0])) {
        renew();
        throw ended(tally, name, Reason.MEMORY, DROPPED);
      }
      return result;
    }
  }

  private void renew() {
    Cell.Metered context = cell.open();
    Meter before = context.begin(new Meter(COMPILING));
    try {
      world.renew(context);
    } finally {
      context.begin(before);
      Context.exit();
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
