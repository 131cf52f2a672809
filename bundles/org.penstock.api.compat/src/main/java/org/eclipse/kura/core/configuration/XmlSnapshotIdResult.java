package org.eclipse.kura.core.configuration;

import java.util.List;

/** The ids of the stored snapshots. */
public class XmlSnapshotIdResult {

  private List<Long> snapshotIds;

  public XmlSnapshotIdResult() {
    super();
  }

  public List<Long> getSnapshotIds() {
    return snapshotIds;
  }

  public void setSnapshotIds(List<Long> snapshotIds) {
    this.snapshotIds = snapshotIds;
  }
}
