package org.penstock.core.deployment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.penstock.api.deployment.Job;
import org.penstock.api.deployment.Origin;
import org.penstock.api.deployment.Outcome;
import org.penstock.api.deployment.Outcome.Result;

/** The jobs, run one after the other by one thread of their own. */
final class Jobs implements AutoCloseable {

  /** One job; its progress is set by whoever does it. */
  static final class Work implements Job {

    private final long id;
    private final String action;
    private final String subject;
    private final AtomicLong progress = new AtomicLong();
    private final AtomicLong total = new AtomicLong(-1);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final Origin origin;
    private final long accepted = System.currentTimeMillis();
    private final AtomicReference<Function<Work, Outcome>> task;

    Work(long id, String action, String subject, Origin origin, Function<Work, Outcome> task) {
      this.id = id;
      this.action = action;
      this.subject = subject;
      this.origin = origin;
      this.task = new AtomicReference<>(task);
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public String action() {
      return action;
    }

    @Override
    public String subject() {
      return subject;
    }

    @Override
    public long progress() {
      return progress.get();
    }

    @Override
    public long total() {
      return total.get();
    }

    @Override
    public CompletionStage<Outcome> outcome() {
      return outcome.minimalCompletionStage();
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }

    boolean isCancelled() {
      return cancelled.get();
    }

    void progress(long done, long all) {
      progress.set(done);
      total.set(all);
    }

    /** What the task holds is let go: the job itself is shown for long. */
    void run() {
      Outcome done = task.getAndSet(null).apply(this);
      outcome.complete(done);
    }

    /** Who waits for it is told in any case. */
    void failed(Throwable e) {
      long now = System.currentTimeMillis();
      String why =
          subject
              + ": "
              + action
              + " ended by an unexpected error "
              + e
              + "; see the log, report it";
      outcome.complete(
          new Outcome(action, subject, "", "", origin, accepted, now, Result.REFUSED, why));
    }
  }

  private static final AtomicLong IDS = new AtomicLong();
  private static final int KEPT = 50;
  private static final long STOP_MS = 1500;

  private final LinkedBlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final Deque<Work> recent = new ArrayDeque<>();
  private final Thread thread;

  Jobs(String name) {
    thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void work() {
    while (true) {
      Work next;
      try {
        next = queue.take();
      } catch (InterruptedException e) {
        return; // closed
      }
      try {
        next.run();
      } catch (Throwable e) { // thread start
        next.failed(e);
        org.slf4j.LoggerFactory.getLogger(Jobs.class).error("a job failed: {}", next.subject, e);
      }
    }
  }

  Work add(String action, String subject, Origin origin, Function<Work, Outcome> task) {
    Work work = new Work(IDS.incrementAndGet(), action, subject, origin, task);
    synchronized (recent) {
      recent.addFirst(work);
      if (recent.size() > KEPT) {
        recent.removeLast();
      }
    }
    queue.add(work);
    return work;
  }

  Optional<Job> job(long id) {
    synchronized (recent) {
      return recent.stream().filter(w -> w.id == id).map(Job.class::cast).findFirst();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
