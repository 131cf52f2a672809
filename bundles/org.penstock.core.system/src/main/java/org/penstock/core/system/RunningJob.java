package org.penstock.core.system;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.penstock.api.job.Job;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One job and its strand. */
final class RunningJob implements Progress {

  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final int WHOLE = 100;

  private final Strand strand;
  private final Consumer<Job> changed;
  private Job job;
  private Thread thread;
  private boolean cancelled;

  RunningJob(Job job, Strand strand, Consumer<Job> changed) {
    this.job = job;
    this.strand = strand;
    this.changed = changed;
  }

  void start(Work work) {
    changed.accept(job());
    strand.execute(() -> run(work));
  }

  private void run(Work work) {
    synchronized (this) {
      thread = Thread.currentThread();
      if (cancelled) {
        thread.interrupt();
      }
    }
    try {
      String result = work.run(this); // a work may end early in peace: what it has is kept
      end(cancelled() ? Job.State.CANCELLED : Job.State.SUCCEEDED, "", result);
    } catch (InterruptedException e) {
      end(Job.State.CANCELLED, "", "");
    } catch (JobException e) {
      end(cancelled() ? Job.State.CANCELLED : Job.State.FAILED, e.getMessage(), e.result());
    } catch (RuntimeException e) { // thread start
      LOG.error("job {} failed", job().kind(), e);
      end(Job.State.FAILED, "internal error, see the log: " + e, "");
    }
  }

  private void end(Job.State state, String step, String result) {
    Job now;
    synchronized (this) {
      if (!runs()) {
        return;
      }
      thread = null;
      Thread.interrupted(); // the strand's thread goes on to others
      int percent = state == Job.State.SUCCEEDED ? WHOLE : job.percent();
      String text = result == null ? "" : result;
      now = with(state, percent, step, Optional.of(Instant.now()), text);
    }
    changed.accept(now);
    strand.close();
  }

  private Job with(
      Job.State state, int percent, String step, Optional<Instant> ended, String result) {
    job =
        new Job(
            job.id(), job.kind(), job.owner(), state, percent, step, job.began(), ended, result);
    return job;
  }

  synchronized Job job() {
    return job;
  }

  synchronized boolean runs() {
    return job.state() == Job.State.RUNNING;
  }

  /** Asks it to end. */
  synchronized boolean cancel() {
    if (!runs()) {
      return false;
    }
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
    return true;
  }

  /** Ends it because the gateway stops; waits 2 s at most. */
  void stop() {
    cancel();
    strand.close();
  }

  @Override
  public void report(int percent, String step) {
    Job now;
    synchronized (this) {
      if (!runs()) {
        return;
      }
      int bounded = Math.max(-1, Math.min(WHOLE, percent));
      now = with(Job.State.RUNNING, bounded, step, Optional.empty(), "");
    }
    changed.accept(now);
  }

  @Override
  public synchronized boolean cancelled() {
    return cancelled;
  }
}
