package org.penstock.driver.lorawan;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.security.keystore.KeystoreService;

/** TLS for the stations' port, of one of the gateway's key stores. */
final class StationTls {

  private StationTls() {}

  /**
   * A context with the store's keys, which trusts the certificates in it.
   *
   * @param store null when there is none
   * @throws IOException says why there is none
   */
  static SSLContext of(KeystoreService store) throws IOException {
    if (store == null) {
      throw new IOException(
          "station.tls needs a key store; check KeystoreService.target, or switch station.tls off");
    }
    try {
      KeyManager[] keys =
          store.getKeyManagers(KeyManagerFactory.getDefaultAlgorithm()).toArray(KeyManager[]::new);
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Map.Entry<String, KeyStore.Entry> each : store.getEntries().entrySet()) {
        if (each.getValue() instanceof KeyStore.TrustedCertificateEntry certificate) {
          trusted.setEntry(each.getKey(), certificate, null);
        }
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (KuraException | GeneralSecurityException e) {
      throw new IOException("TLS for stations: " + e.getMessage(), e);
    }
  }
}
