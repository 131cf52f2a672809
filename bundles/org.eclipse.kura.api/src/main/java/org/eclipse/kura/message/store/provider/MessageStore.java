package org.eclipse.kura.message.store.provider;

import java.util.List;
import java.util.Optional;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.osgi.annotation.versioning.ProviderType;

/** Keeps messages until they are delivered. */
@ProviderType
public interface MessageStore {

  int store(String name, byte[] data, int number, boolean flag, int number2)
      throws KuraStoreException;

  void markAsPublished(int number) throws KuraStoreException;

  void markAsPublished(int number, DataTransportToken dataTransportToken) throws KuraStoreException;

  void markAsConfirmed(int number) throws KuraStoreException;

  Optional<StoredMessage> getNextMessage() throws KuraStoreException;

  Optional<StoredMessage> get(int number) throws KuraStoreException;

  int getMessageCount() throws KuraStoreException;

  List<StoredMessage> getUnpublishedMessages() throws KuraStoreException;

  List<StoredMessage> getInFlightMessages() throws KuraStoreException;

  List<StoredMessage> getDroppedMessages() throws KuraStoreException;

  void unpublishAllInFlighMessages() throws KuraStoreException;

  void dropAllInFlightMessages() throws KuraStoreException;

  void deleteStaleMessages(int number) throws KuraStoreException;

  void close();
}
