package org.penstock.core.configuration;

import java.io.IOException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.penstock.api.security.SealedStore;

/** The configuration's part in a rotation of the device key. */
final class SealedConfiguration implements SealedStore {

  private final Changes changes;
  private final Snapshots snapshots;

  SealedConfiguration(Changes changes, Snapshots snapshots) {
    this.changes = changes;
    this.snapshots = snapshots;
  }

  @Override
  public String name() {
    return "configuration";
  }

  /**
   * First what runs; then a snapshot, so that one that was begun before is not written any more; then
   * all snapshots.
   */
  @Override
  public void sealAnew() throws KuraException {
    changes.sealAnew();
    snapshots.take(Note.by("", "the device key was changed"));
    try {
      snapshots.book().sealAnew();
    } catch (IOException | DocumentException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, e.getMessage());
    }
  }
}
