package org.penstock.api.job;

import org.osgi.annotation.versioning.ProviderType;

/** Through which a job says how far it is, and learns that it is to stop. */
@ProviderType
public interface Progress {

  /**
   * Says how far it is.
   *
   * @param percent 0 to 100; -1 when nobody can tell
   * @param step what is being done now, in words
   */
  void report(int percent, String step);

  /** Somebody wants it to end; the thread is interrupted too. */
  boolean cancelled();
}
