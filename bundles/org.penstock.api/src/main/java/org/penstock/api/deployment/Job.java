package org.penstock.api.deployment;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** One change or download that has been accepted. Any thread may call. */
@ProviderType
public interface Job {

  /** Grows with every job; unique until the next start. */
  long id();

  /** {@code download}, {@code install} or {@code uninstall}. */
  String action();

  /** Name of the file, bundle or package. */
  String subject();

  /** Bytes got so far, or steps done of {@link #total}. */
  long progress();

  /** Bytes or steps in all; -1 while unknown. */
  long total();

  /** Completed by the job's thread, never exceptionally: do not block in it. */
  CompletionStage<Outcome> outcome();

  /** Asks a download to end; a transaction that has begun is not ended by this. */
  void cancel();
}
