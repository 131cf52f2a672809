package org.penstock.core.system;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.job.Job;
import org.penstock.api.job.Jobs;
import org.penstock.api.job.Work;
import org.penstock.api.strand.Strands;

/** Jobs, each on a strand of its own; the last 100 that ended are remembered. */
@Component
public final class JobService implements Jobs {

  private static final int MOST_RUNNING = 8;
  private static final int MOST_KEPT = 100;

  private final Strands strands;
  private final Map<String, RunningJob> jobs = new LinkedHashMap<>();
  private final List<Consumer<Job>> listeners = new CopyOnWriteArrayList<>();

  /** Called by the component runtime. */
  @Activate
  public JobService(@Reference Strands strands) {
    this.strands = strands;
  }

  /** Called by the component runtime. */
  @Deactivate
  public void stop() {
    running().forEach(RunningJob::stop);
  }

  private synchronized List<RunningJob> running() {
    return jobs.values().stream().filter(RunningJob::runs).toList();
  }

  @Override
  public Job start(String kind, String owner, Work work) {
    String id = UUID.randomUUID().toString();
    Job job =
        new Job(id, kind, owner, Job.State.RUNNING, -1, "", Instant.now(), Optional.empty(), "");
    RunningJob running;
    synchronized (this) {
      if (running().size() >= MOST_RUNNING) {
        throw new IllegalStateException(
            MOST_RUNNING + " jobs run already; wait for one to end, or cancel one");
      }
      running = new RunningJob(job, strands.open("core/job/" + kind + "/" + id), this::changed);
      jobs.put(id, running);
      forget();
    }
    running.start(work);
    return running.job();
  }

  private void forget() {
    var oldest = jobs.values().iterator();
    for (int over = jobs.size() - MOST_KEPT; over > 0 && oldest.hasNext(); ) {
      if (!oldest.next().runs()) {
        oldest.remove();
        over--;
      }
    }
  }

  private void changed(Job job) {
    listeners.forEach(l -> l.accept(job));
  }

  @Override
  public synchronized List<Job> jobs() {
    List<Job> all = new ArrayList<>();
    jobs.values().forEach(j -> all.add(0, j.job()));
    return all;
  }

  @Override
  public synchronized Optional<Job> job(String id) {
    return Optional.ofNullable(jobs.get(id)).map(RunningJob::job);
  }

  @Override
  public boolean cancel(String id) {
    RunningJob job;
    synchronized (this) {
      job = jobs.get(id);
    }
    return job != null && job.cancel();
  }

  @Override
  public AutoCloseable listen(Consumer<Job> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
