package org.eclipse.kura.db.keyvalue;

import org.eclipse.kura.KuraException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps texts by key. */
@ProviderType
public interface KeyValueDbService {

  void addListener(ConnectionListener connectionListener);

  void removeListener(ConnectionListener connectionListener);

  boolean isConnected();

  void set(String name, byte[] data) throws KuraException;

  void set(String name, String name2) throws KuraException;

  byte[] get(String name) throws KuraException;

  String getAsString(String name) throws KuraException;

  void delete(String name) throws KuraException;
}
