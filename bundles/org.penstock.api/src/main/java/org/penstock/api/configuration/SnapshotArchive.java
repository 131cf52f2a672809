package org.penstock.api.configuration;

import java.util.List;
import java.util.Set;
import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What Kura's snapshots lack: names, authors, comments, comparison, going back in part. Any thread
 * may call.
 */
@ProviderType
public interface SnapshotArchive {

  /** Stands for what is configured now wherever a snapshot's id is asked for. */
  long NOW = -1;

  /** All snapshots, oldest first. */
  List<SnapshotInfo> list() throws KuraException;

  /** Takes a snapshot; its author comes from the caller's audit context. */
  SnapshotInfo take(String name, String comment) throws KuraException;

  /**
   * Gives a snapshot another name and comment.
   *
   * @throws KuraException CONFIGURATION_SNAPSHOT_NOT_FOUND
   */
  SnapshotInfo describe(long id, String name, String comment) throws KuraException;

  /**
   * What differs, by pid and key.
   *
   * @param from a snapshot's id, or {@link #NOW}
   * @param to a snapshot's id, or {@link #NOW}
   */
  List<Difference> diff(long from, long to) throws KuraException;

  /**
   * Gives some components the configuration they had in a snapshot and leaves all others alone; an
   * instance that the snapshot does not have is deleted. Then takes a snapshot.
   *
   * @param id a snapshot's id
   * @param pids the components to take back; one that neither the snapshot nor the gateway has is
   *     refused and nothing is changed
   * @return the new snapshot
   */
  SnapshotInfo restore(long id, Set<String> pids) throws KuraException;
}
