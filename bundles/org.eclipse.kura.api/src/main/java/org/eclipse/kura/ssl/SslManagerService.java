package org.eclipse.kura.ssl;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.annotation.versioning.ProviderType;

/** Makes TLS contexts and socket factories. */
@ProviderType
public interface SslManagerService {

  SSLContext getSSLContext() throws GeneralSecurityException, IOException;

  SSLContext getSSLContext(String name) throws GeneralSecurityException, IOException;

  SSLSocketFactory getSSLSocketFactory() throws GeneralSecurityException, IOException;

  SSLSocketFactory getSSLSocketFactory(String name) throws GeneralSecurityException, IOException;

  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      String name, String name2, String name3, String name4, char[] characters, String name5)
      throws GeneralSecurityException, IOException;

  @Deprecated
  SSLSocketFactory getSSLSocketFactory(
      String name,
      String name2,
      String name3,
      String name4,
      char[] characters,
      String name5,
      boolean flag)
      throws GeneralSecurityException, IOException;

  @Deprecated
  X509Certificate[] getTrustCertificates() throws GeneralSecurityException, IOException;

  @Deprecated
  void installTrustCertificate(String name, X509Certificate x509Certificate)
      throws GeneralSecurityException, IOException;

  @Deprecated
  void deleteTrustCertificate(String name) throws GeneralSecurityException, IOException;

  @Deprecated
  void installPrivateKey(
      String name, PrivateKey privateKey, char[] characters, Certificate[] certificates)
      throws GeneralSecurityException, IOException;
}
