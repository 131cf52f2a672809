package org.penstock.api.strand;

import org.osgi.annotation.versioning.ProviderType;

/** One delayed or repeated task of a strand. Any thread may call. */
@ProviderType
public interface Schedule extends AutoCloseable {

  /** Whole periods in which the task was not started because the one before still waited or ran. */
  long missed();

  /** Cancels what has not begun. */
  @Override
  void close();
}
