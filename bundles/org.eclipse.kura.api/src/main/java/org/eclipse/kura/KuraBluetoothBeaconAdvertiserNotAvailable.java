package org.eclipse.kura;

import org.osgi.annotation.versioning.ProviderType;

/** No beacon advertiser is there. */
@ProviderType
public class KuraBluetoothBeaconAdvertiserNotAvailable extends KuraException {

  private static final long serialVersionUID = 1L;

  public KuraBluetoothBeaconAdvertiserNotAvailable(Object message) {
    super(KuraErrorCode.SERVICE_UNAVAILABLE, message);
  }

  public KuraBluetoothBeaconAdvertiserNotAvailable(Throwable cause, Object message) {
    super(KuraErrorCode.SERVICE_UNAVAILABLE, cause, message);
  }
}
