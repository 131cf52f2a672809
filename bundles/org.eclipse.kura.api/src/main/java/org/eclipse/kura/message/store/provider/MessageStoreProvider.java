package org.eclipse.kura.message.store.provider;

import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** Opens message stores by name. */
@ProviderType
public interface MessageStoreProvider {

  MessageStore openMessageStore(String name) throws KuraStoreException;

  void addListener(ConnectionListener connectionListener);

  void removeListener(ConnectionListener connectionListener);
}
