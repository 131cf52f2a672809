package org.eclipse.kura.data;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.osgi.annotation.versioning.ProviderType;

/** Carries messages to and from one broker. */
@ProviderType
public interface DataTransportService {

  void connect() throws KuraConnectException;

  boolean isConnected();

  String getBrokerUrl();

  String getAccountName();

  String getUsername();

  String getClientId();

  void disconnect(long number);

  void subscribe(String name, int number)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  void unsubscribe(String name)
      throws KuraTimeoutException, KuraException, KuraNotConnectedException;

  DataTransportToken publish(String name, byte[] data, int number, boolean flag)
      throws KuraTooManyInflightMessagesException, KuraException, KuraNotConnectedException;

  void addDataTransportListener(
      org.eclipse.kura.data.transport.listener.DataTransportListener dataTransportListener);

  void removeDataTransportListener(
      org.eclipse.kura.data.transport.listener.DataTransportListener dataTransportListener);
}
