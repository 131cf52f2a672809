package org.penstock.api.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Runs jobs and knows those of late. Any thread may call; nothing waits. */
@ProviderType
public interface Jobs {

  /**
   * Starts a job.
   *
   * @throws IllegalStateException when too many run already, in words
   */
  Job start(String kind, String owner, Work work);

  /** Jobs that run, and the last ones that ended, newest first. */
  List<Job> jobs();

  /** One of {@link #jobs}. */
  Optional<Job> job(String id);

  /** Asks a job to end; false when it does not run. */
  boolean cancel(String id);

  /**
   * Tells the listener each change of a job until closed; in the thread that made the change, so it
   * must return at once.
   */
  AutoCloseable listen(Consumer<Job> listener);
}
