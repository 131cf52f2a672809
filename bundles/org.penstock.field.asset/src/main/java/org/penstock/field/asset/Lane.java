package org.penstock.field.asset;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.penstock.api.strand.Strand;

/**
 * Runs blocking calls of one driver instance, as many at a time as the driver bears; the others wait
 * in order, up to a limit. Shared by all assets of the driver. Any thread may call.
 */
final class Lane implements Executor {

  static final int MOST_WAITING = 256;

  private final String name;
  private final List<Strand> strands;
  private final Deque<Strand> idle;
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  /**
   * A lane over strands of its own.
   *
   * @param strands one for each call that may run at a time
   */
  Lane(String name, List<Strand> strands) {
    this.name = name;
    this.strands = List.copyOf(strands);
    this.idle = new ArrayDeque<>(strands);
  }

  @Override
  public void execute(Runnable task) {
    Strand free;
    synchronized (idle) {
      free = idle.poll();
      if (free == null) {
        if (waiting.size() >= MOST_WAITING) {
          throw new RejectedExecutionException(
              name + ": " + MOST_WAITING + " requests wait already; the device is too slow");
        }
        waiting.add(task);
        return;
      }
    }
    run(free, task);
  }

  private void run(Strand strand, Runnable task) {
    strand.execute(
        () -> {
          try {
            task.run();
          } finally {
            next(strand);
          }
        });
  }

  private void next(Strand strand) {
    Runnable task;
    synchronized (idle) {
      task = waiting.poll();
      if (task == null) {
        idle.add(strand);
        return;
      }
    }
    try {
      run(strand, task);
    } catch (RejectedExecutionException closed) {
      drop();
    }
  }

  /** Ends the lane; waits 2 s at most for each call that runs, and drops those that wait. */
  void close() {
    drop();
    strands.forEach(Strand::close);
  }

  private void drop() {
    synchronized (idle) {
      waiting.clear();
    }
  }
}
