package org.eclipse.kura.data;

import java.util.List;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.KuraTimeoutException;
import org.osgi.annotation.versioning.ProviderType;

/** Stores messages durably and publishes them when connected. */
@ProviderType
public interface DataService {

  void connect() throws KuraConnectException;

  boolean isConnected();

  boolean isAutoConnectEnabled();

  int getRetryInterval();

  void disconnect(long number);

  void subscribe(String name, int number)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  void unsubscribe(String name)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  int publish(String name, byte[] data, int number, boolean flag, int number2)
      throws KuraStoreException;

  List<Integer> getUnpublishedMessageIds(String name) throws KuraStoreException;

  List<Integer> getInFlightMessageIds(String name) throws KuraStoreException;

  List<Integer> getDroppedInFlightMessageIds(String name) throws KuraStoreException;

  void addDataServiceListener(
      org.eclipse.kura.data.listener.DataServiceListener dataServiceListener);

  void removeDataServiceListener(
      org.eclipse.kura.data.listener.DataServiceListener dataServiceListener);
}
