package org.penstock.api.job;

import org.osgi.annotation.versioning.ConsumerType;

/** What a job does, on a strand of its own: it may take long and may wait. */
@ConsumerType
@FunctionalInterface
public interface Work {

  /**
   * Does it.
   *
   * @param progress to be told of every second or so
   * @return the result as JSON, or an empty text
   * @throws InterruptedException when it was cancelled while it waited
   * @throws JobException when it failed, in words
   */
  String run(Progress progress) throws InterruptedException, JobException;
}
