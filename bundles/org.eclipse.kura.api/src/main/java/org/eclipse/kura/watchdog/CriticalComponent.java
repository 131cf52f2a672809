package org.eclipse.kura.watchdog;

import org.osgi.annotation.versioning.ConsumerType;

/** A component that must check in, or the device reboots. */
@ConsumerType
public interface CriticalComponent {

  String getCriticalComponentName();

  int getCriticalComponentTimeout();
}
