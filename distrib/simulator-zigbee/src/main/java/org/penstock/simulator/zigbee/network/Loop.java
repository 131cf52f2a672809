package org.penstock.simulator.zigbee.network;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that owns a simulated network: all its state is read and changed there. */
public final class Loop implements AutoCloseable {

  private final ScheduledThreadPoolExecutor executor;
  private volatile Thread thread;

  /** Starts a daemon thread of that name. */
  public Loop(String name) {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread t = new Thread(task, name);
              t.setDaemon(true);
              thread = t;
              return t;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRejectedExecutionHandler((task, pool) -> {}); // closed: nothing more happens
  }

  /** As soon as what was given before is done; any thread may call. */
  public void run(Runnable task) {
    executor.execute(guarded(task));
  }

  /** After some wall time. */
  public void later(long micros, Runnable task) {
    executor.schedule(guarded(task), micros, TimeUnit.MICROSECONDS);
  }

  /** Does it on the thread and waits for the result, at most 10 s. */
  public <T> T call(Callable<T> task) {
    try {
      return Thread.currentThread() == thread
          ? task.call()
          : executor.submit(task).get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (Exception e) { // foreign code
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) { // thread start
        Thread t = Thread.currentThread();
        t.getUncaughtExceptionHandler().uncaughtException(t, e);
      }
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
