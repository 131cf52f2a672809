package org.eclipse.kura.core.keystore.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Makes entries of a key store from texts in PEM. */
public class KeystoreUtils {

  private KeystoreUtils() {}

  /** A private key, in PKCS 8 or in the older forms, with its chain of certificates. */
  public static PrivateKeyEntry createPrivateKey(String privateKey, String publicKey)
      throws IOException, GeneralSecurityException {
    X509Certificate[] chain = parsePublicCertificates(publicKey);
    try (PEMParser parser = new PEMParser(new StringReader(privateKey))) {
      return new PrivateKeyEntry(key(parser.readObject()), chain);
    }
  }

  private static PrivateKey key(Object parsed) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    if (parsed instanceof PEMKeyPair pair) {
      return converter.getKeyPair(pair).getPrivate();
    }
    if (parsed instanceof PrivateKeyInfo info) {
      return converter.getPrivateKey(info);
    }
    throw new IOException("no private key in PEM");
  }

  public static X509Certificate[] parsePublicCertificates(String certificates)
      throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(
            new ByteArrayInputStream(certificates.getBytes(StandardCharsets.UTF_8)))
        .toArray(new X509Certificate[0]);
  }

  public static TrustedCertificateEntry createCertificateEntry(String certificate)
      throws CertificateException {
    X509Certificate[] certificates = parsePublicCertificates(certificate);
    if (certificates.length == 0) {
      throw new CertificateException("no certificate in PEM");
    }
    return new TrustedCertificateEntry(certificates[0]);
  }
}
