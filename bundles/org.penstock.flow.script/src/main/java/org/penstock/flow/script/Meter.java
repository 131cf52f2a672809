package org.penstock.flow.script;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.mozilla.javascript.Context;
import org.penstock.api.script.ScriptException.Reason;

/** Measures one run. Belongs to the thread that runs it. */
final class Meter {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final int times;
  private final long began = System.nanoTime();
  private final long cpu = THREADS.getCurrentThreadCpuTime();
  private final long bytes = THREADS.getCurrentThreadAllocatedBytes();
  private final AtomicReference<Stop> stopped = new AtomicReference<>();

  /**
   * @param times how many times the usual share of time it may take
   */
  Meter(int times) {
    this.times = times;
  }

  /** Ends the run when it has had its share. From then on each instruction ends it again. */
  void check(Context context) {
    Stop before = stopped.get();
    if (before != null) {
      throw before;
    }
    long wall = System.nanoTime() - began;
    if (wall > times * Limits.CPU_NANOS
        && (wall > times * Limits.WALL_NANOS
            || THREADS.getCurrentThreadCpuTime() - cpu > times * Limits.CPU_NANOS)) {
      throw stop(
          context,
          new Stop(Reason.TIME, "ran longer than " + times * Limits.CPU_NANOS / 1_000_000 + " ms"));
    }
    if (allocated() > Limits.BYTES) {
      throw stop(
          context,
          new Stop(Reason.MEMORY, "used more than " + Limits.BYTES / (1024 * 1024) + " MB"));
    }
  }

  /** Bytes so far. */
  long allocated() {
    return THREADS.getCurrentThreadAllocatedBytes() - bytes;
  }

  /** No catch and no finally of the script runs any more. */
  Stop stop(Context context, Stop why) {
    stopped.compareAndSet(null, why);
    context.setInstructionObserverThreshold(1);
    return stopped.get();
  }
}
