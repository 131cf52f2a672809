package org.eclipse.kura.driver.descriptor;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Finds driver descriptors. */
@ProviderType
public interface DriverDescriptorService {

  Optional<DriverDescriptor> getDriverDescriptor(String name);

  List<DriverDescriptor> listDriverDescriptors();
}
