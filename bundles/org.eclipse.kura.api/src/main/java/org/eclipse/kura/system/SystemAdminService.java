package org.eclipse.kura.system;

import org.osgi.annotation.versioning.ProviderType;

/** Reboots and tells the uptime. */
@ProviderType
public interface SystemAdminService {

  String getUptime();

  void reboot();

  void sync();
}
