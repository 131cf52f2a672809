package org.penstock.api.configuration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes that revert by themselves unless they are confirmed in time, so that a wrong network or
 * broker address can't lock anybody out. A restart before the confirmation reverts them, too. Any
 * thread may call.
 */
@ProviderType
public interface TimedApply {

  /**
   * A change that waits for its confirmation.
   *
   * @param token what confirms or reverts it
   * @param pids the components it changed; empty: all that is changed while it waits
   * @param author the identity that caused it; may be empty
   * @param until when it reverts
   */
  record Pending(String token, Set<String> pids, String author, Instant until) {

    public Pending {
      pids = Set.copyOf(pids);
    }
  }

  /**
   * Applies the changes at once.
   *
   * @param changes as for ConfigurationService.updateConfigurations: with {@code
   *     service.factoryPid} a new instance is made
   * @param limit 1 s to 1 h
   * @throws KuraException when another change still waits, or something could not be applied: then
   *     all of it is reverted before this returns
   */
  Pending apply(List<ComponentConfiguration> changes, Duration limit) throws KuraException;

  /**
   * From now on everything that is changed, by whomever, reverts unless it is confirmed: for changes
   * whose components are not known before. A change that waits already is widened: it keeps its time,
   * and whatever is changed meanwhile stands or falls with it.
   *
   * @param limit 1 s to 1 h
   * @throws KuraException when the configuration of now can't be kept
   */
  Pending hold(Duration limit) throws KuraException;

  /**
   * From now on what is changed of these components, by whomever, reverts unless it is confirmed; those
   * that are made meanwhile are removed then, and those that are removed are made again.
   *
   * @param pids one or more
   * @param limit 1 s to 1 h
   * @throws KuraException when another change still waits, or the configuration of now can't be kept
   */
  Pending hold(Set<String> pids, Duration limit) throws KuraException;

  /**
   * Keeps the change and takes a snapshot, unless whatever was changed was held: who changed it took
   * his own.
   *
   * @throws KuraException NOT_FOUND when nothing waits under the token: it was reverted
   */
  void confirm(String token) throws KuraException;

  /** Takes the change back now. */
  void revert(String token) throws KuraException;

  /** The change that waits. */
  Optional<Pending> pending();
}
