package org.penstock.core.configuration;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.penstock.api.configuration.Difference;
import org.penstock.api.configuration.SnapshotArchive;
import org.penstock.api.configuration.SnapshotInfo;

/** Names, comparison and partial rollback of snapshots. */
final class Archive implements SnapshotArchive {

  private final Snapshots snapshots;
  private final Rollback rollback;
  private final Secrets secrets;
  private final Notices notices;

  Archive(Snapshots snapshots, Rollback rollback, Secrets secrets, Notices notices) {
    this.snapshots = snapshots;
    this.rollback = rollback;
    this.secrets = secrets;
    this.notices = notices;
  }

  @Override
  public List<SnapshotInfo> list() throws KuraException {
    try {
      List<SnapshotInfo> all = new ArrayList<>();
      for (Map.Entry<Long, Note> one : snapshots.book().notes().entrySet()) {
        all.add(info(one.getKey(), one.getValue()));
      }
      return all;
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LISTING, e);
    }
  }

  private SnapshotInfo info(long id, Note note) {
    return new SnapshotInfo(
        id, Instant.ofEpochMilli(id), note.author(), note.name(), note.comment());
  }

  @Override
  public SnapshotInfo take(String name, String comment) throws KuraException {
    notices.audit("snapshot", name);
    Note note = Note.by(name, comment);
    return info(snapshots.take(note), note);
  }

  @Override
  public SnapshotInfo describe(long id, String name, String comment) throws KuraException {
    notices.audit("describeSnapshot", id + " " + name);
    try {
      snapshots.book().describe(id, name, comment);
      return info(id, snapshots.book().notes().getOrDefault(id, Note.NONE));
    } catch (NoSuchFileException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_NOT_FOUND, e, id);
    } catch (IOException | DocumentException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_SNAPSHOT_LOADING, e, e.getMessage());
    }
  }

  @Override
  public List<Difference> diff(long from, long to) throws KuraException {
    return Differences.between(content(from), content(to));
  }

  private List<ComponentConfiguration> content(long id) throws KuraException {
    List<ComponentConfiguration> opened = new ArrayList<>();
    for (ComponentConfiguration one :
        id == NOW ? snapshots.now() : snapshots.read(id).configurations()) {
      opened.add(
          new org.eclipse.kura.core.configuration.ComponentConfigurationImpl(
              one.getPid(), null, secrets.opened(one.getConfigurationProperties())));
    }
    return opened;
  }

  @Override
  public SnapshotInfo restore(long id, Set<String> pids) throws KuraException {
    notices.audit("restore", id + " " + pids);
    rollback.restore(id, pids);
    pids.forEach(notices::changed);
    Note note = Note.by("", String.join(", ", pids) + " as in snapshot " + id);
    return info(snapshots.take(note), note);
  }
}
