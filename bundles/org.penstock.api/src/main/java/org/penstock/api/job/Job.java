package org.penstock.api.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One long piece of work as it stands now.
 *
 * @param id names it from now on
 * @param kind what is done, for example {@code modbus.scan}
 * @param owner the identity that asked for it
 * @param percent 0 to 100; -1 when nobody can tell
 * @param step what is being done now, or why it failed, in words
 * @param ended empty while it runs
 * @param result JSON of what was found, also by one that failed; empty while it runs or when there is nothing
 *     to say
 */
public record Job(
    String id,
    String kind,
    String owner,
    State state,
    int percent,
    String step,
    Instant began,
    Optional<Instant> ended,
    String result) {

  /** Where it stands. */
  public enum State {
    /** Not ended yet. */
    RUNNING,
    /** Ended well. */
    SUCCEEDED,
    /** Ended with an error; the step says why. */
    FAILED,
    /** Ended because somebody asked so. */
    CANCELLED
  }

  public Job {
    Objects.requireNonNull(state);
    Objects.requireNonNull(result);
  }
}
