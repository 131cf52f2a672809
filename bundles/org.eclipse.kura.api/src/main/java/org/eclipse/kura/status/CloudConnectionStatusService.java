package org.eclipse.kura.status;

import org.osgi.annotation.versioning.ProviderType;

/** Shows connection states on a lamp. */
@ProviderType
public interface CloudConnectionStatusService {

  int PRIORITY_MAX = 2147483647;

  int PRIORITY_CRITICAL = 400;

  int PRIORITY_HIGH = 300;

  int PRIORITY_MEDIUM = 200;

  int PRIORITY_LOW = 100;

  int PRIORITY_MIN = -2147483648;

  void register(CloudConnectionStatusComponent cloudConnectionStatusComponent);

  void unregister(CloudConnectionStatusComponent cloudConnectionStatusComponent);

  boolean updateStatus(
      CloudConnectionStatusComponent cloudConnectionStatusComponent,
      CloudConnectionStatusEnum cloudConnectionStatusEnum);
}
