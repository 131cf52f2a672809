package org.eclipse.kura.core.configuration;

/** A list of snapshot ids. */
public class XmlSnapshotIdResult {
  private java.util.List<java.lang.Long> snapshotIds;

  public XmlSnapshotIdResult() {}

  public java.util.List<java.lang.Long> getSnapshotIds() {
    return this.snapshotIds;
  }

  public void setSnapshotIds(java.util.List<java.lang.Long> a0) {
    this.snapshotIds = a0;
  }
}
