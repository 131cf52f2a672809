package org.penstock.api.deployment;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes what is installed, one transaction after the other: stage, verify, resolve, apply,
 * probation, commit or roll back. Any thread may call; nothing here waits for a transaction.
 */
@ProviderType
public interface Deployments {

  /**
   * Installs a bundle or a deployment package, or updates the one of its name.
   *
   * @param file its name, for messages
   */
  Job install(String file, byte[] content, Origin origin);

  /** Installs a file that is in reach of this process. */
  Job install(java.nio.file.Path file, Origin origin);

  /** Removes a bundle or a package by its symbolic name; its configuration is kept for a while. */
  Job uninstall(String name, Origin origin);

  /**
   * Fetches a file.
   *
   * @param progress called by the job's thread after each block
   */
  Job download(Download what, Origin origin, Consumer<Job> progress);

  /** What was installed here, by name; without what the distribution itself holds. */
  List<Installed> installed();

  /** The last lines of the journal, newest first. */
  List<Outcome> journal(int limit);

  /** One of the last jobs. */
  Optional<Job> job(long id);
}
