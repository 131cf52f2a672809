package org.penstock.flow.script;

import java.util.concurrent.atomic.AtomicReference;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.debug.DebugFrame;
import org.mozilla.javascript.debug.DebuggableScript;
import org.mozilla.javascript.debug.Debugger;

/** Makes contexts in which scripts are interpreted, counted, and see no Java. */
final class Cell extends ContextFactory {

  /** A context with the meter of its run. */
  static final class Metered extends Context {

    private final AtomicReference<Meter> meter = new AtomicReference<>(new Meter(1));

    private final int[] calls = {0};

    private Metered(ContextFactory factory) {
      super(factory);
    }

    /** Rhino counts instructions at jumps only: calls without any are counted here. */
    private void called() {
      if (++calls[0] % CALLS == 0) {
        meter().check(this);
      }
    }

    Meter meter() {
      return meter.get();
    }

    /**
     * A run begins.
     *
     * @return the run before, when it goes on afterwards
     */
    Meter begin(Meter next) {
      setInstructionObserverThreshold(Limits.TICK);
      return meter.getAndSet(next);
    }
  }

  private static final int CALLS = 256;

  /** Hears of each call. */
  private static final class Calls implements Debugger {

    @Override
    public void handleCompilationDone(Context context, DebuggableScript script, String source) {
      // nothing to do before it runs
    }

    @Override
    public DebugFrame getFrame(Context context, DebuggableScript script) {
      ((Metered) context).called();
      return null;
    }
  }

  static Meter meter(Context context) {
    return ((Metered) context).meter();
  }

  Metered open() {
    return (Metered) enterContext();
  }

  @Override
  protected Context makeContext() {
    Metered context = new Metered(this);
    context.setOptimizationLevel(-1);
    context.setLanguageVersion(Context.VERSION_ES6);
    context.setInstructionObserverThreshold(Limits.TICK);
    context.setMaximumInterpreterStackDepth(Limits.DEPTH);
    context.setClassShutter(name -> false);
    context.setGenerateObserverCount(true);
    context.setDebugger(new Calls(), null);
    return context;
  }

  @Override
  protected boolean hasFeature(Context context, int feature) {
    return switch (feature) {
      case Context.FEATURE_E4X, Context.FEATURE_ENHANCED_JAVA_ACCESS -> false;
      case Context.FEATURE_INTEGER_WITHOUT_DECIMAL_PLACE -> true;
      default -> super.hasFeature(context, feature);
    };
  }

  @Override
  protected void observeInstructionCount(Context context, int count) {
    meter(context).check(context);
  }
}
