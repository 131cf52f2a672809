package org.eclipse.kura.driver;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Finds drivers by pid and pids by driver. */
@Deprecated
@ProviderType
public interface DriverService {

  Driver getDriver(String name);

  String getDriverPid(Driver driver);

  List<Driver> listDrivers();
}
