package org.eclipse.kura.status;

import org.osgi.annotation.versioning.ConsumerType;

/** Has a connection state that a lamp shows. */
@ConsumerType
public interface CloudConnectionStatusComponent {

  int getNotificationPriority();

  CloudConnectionStatusEnum getNotificationStatus();

  void setNotificationStatus(CloudConnectionStatusEnum notificationStatus);
}
