package org.penstock.api.strand;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A serial executor: tasks run in the order given, one at a time, each seeing the memory effects of
 * the one before. A task that throws is logged once with the strand's name and does not end the
 * strand. Any thread may call.
 */
@ProviderType
public interface Strand extends Executor, AutoCloseable {

  /**
   * Runs the task after all tasks given before it.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the strand is closed
   */
  @Override
  void execute(Runnable task);

  /** Runs the task on this strand once, when the delay has passed. */
  Schedule after(Duration delay, Runnable task);

  /**
   * Runs the task on this strand at a fixed rate. A tick that falls due while the one before still
   * waits or runs is not queued: it is counted as missed, and the grid of due times is kept.
   *
   * @param first delay of the first tick, zero or more
   * @param period more than zero
   */
  Schedule every(Duration first, Duration period, Runnable task);

  /** Tasks that wait to be run, without the running one. */
  int waiting();

  /** The thread that calls is running a task of this strand. */
  boolean isCurrent();

  /**
   * Takes no further task, drops those that wait, and waits for the running one, 2 s at most (not
   * at all when called by a task of this strand). The running task is interrupted after 1 s.
   */
  @Override
  void close();
}
