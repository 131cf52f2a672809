package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** The legacy entry to one cloud connection. */
@Deprecated
@ProviderType
public interface CloudService {

  CloudClient newCloudClient(String name) throws KuraException;

  String[] getCloudApplicationIdentifiers();

  boolean isConnected();
}
