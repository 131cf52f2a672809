package org.eclipse.kura.cloud;

import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.KuraTimeoutException;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.osgi.annotation.versioning.ProviderType;

/** Sends requests to other devices and waits for their answers. */
@Deprecated
@ProviderType
public interface CloudCallService {

  KuraResponsePayload call(String name, String name2, KuraPayload kuraPayload, int number)
      throws KuraConnectException, KuraTimeoutException, KuraStoreException, KuraException;

  KuraResponsePayload call(
      String name, String name2, String name3, KuraPayload kuraPayload, int number)
      throws KuraConnectException, KuraTimeoutException, KuraStoreException, KuraException;

  boolean isConnected();
}
