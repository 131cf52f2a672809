package org.eclipse.kura.wire.graph;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Reads and changes the wire graph. */
@ProviderType
public interface WireGraphService {

  void update(WireGraphConfiguration wireGraphConfiguration) throws KuraException;

  void delete() throws KuraException;

  WireGraphConfiguration get() throws KuraException;
}
