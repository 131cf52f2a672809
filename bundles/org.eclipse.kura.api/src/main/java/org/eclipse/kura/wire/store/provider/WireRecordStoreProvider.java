package org.eclipse.kura.wire.store.provider;

import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** Opens stores of wire records by name. */
@ProviderType
public interface WireRecordStoreProvider {

  WireRecordStore openWireRecordStore(String name) throws KuraStoreException;

  void addListener(ConnectionListener connectionListener);

  void removeListener(ConnectionListener connectionListener);
}
