package org.eclipse.kura.driver;

import org.osgi.annotation.versioning.ProviderType;

/** Says which properties a driver wants of each channel. */
@ProviderType
public interface ChannelDescriptor {

  Object getDescriptor();
}
