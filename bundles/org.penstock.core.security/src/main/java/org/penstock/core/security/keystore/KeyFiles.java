package org.penstock.core.security.keystore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.Entry;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/** Reads keys and certificates from PEM and PKCS12. Loads Bouncy Castle when used. */
final class KeyFiles {

  private static final byte[] PROBE =
      "the key and its certificate belong together".getBytes(StandardCharsets.US_ASCII);

  private KeyFiles() {}

  /** The entries of a file. */
  static List<Entry> read(byte[] file, char[] password)
      throws GeneralSecurityException, IOException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.contains("-----BEGIN ") ? pem(text, password) : pkcs12(file, password);
  }

  private static List<Entry> pkcs12(byte[] file, char[] password)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(new ByteArrayInputStream(file), password);
    } catch (IOException e) {
      throw new IOException("the file is neither PEM nor PKCS12, or the password is wrong", e);
    }
    List<Entry> entries = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      boolean key = store.isKeyEntry(alias);
      Entry entry = store.getEntry(alias, key ? new PasswordProtection(password) : null);
      entries.add(key ? 0 : entries.size(), entry);
    }
    return entries;
  }

  private static List<Entry> pem(String text, char[] password)
      throws GeneralSecurityException, IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    PrivateKey key = null;
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      Object one = parser.readObject();
      while (one != null) {
        if (one instanceof X509CertificateHolder holder) {
          certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        } else {
          key = key(one, password);
        }
        one = parser.readObject();
      }
    }
    if (key == null) {
      List<Entry> trusted = new ArrayList<>();
      certificates.forEach(certificate -> trusted.add(new TrustedCertificateEntry(certificate)));
      return trusted;
    }
    X509Certificate own = null;
    for (X509Certificate certificate : certificates) {
      own = own == null && belong(key, certificate.getPublicKey()) ? certificate : own;
    }
    if (own == null) {
      throw new IOException("the file has a private key, but not its certificate");
    }
    certificates.remove(own);
    certificates.add(0, own);
    return List.of(new PrivateKeyEntry(key, certificates.toArray(X509Certificate[]::new)));
  }

  private static PrivateKey key(Object found, char[] password) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    try {
      if (found instanceof PrivateKeyInfo plain) {
        return converter.getPrivateKey(plain);
      }
      if (found instanceof PEMKeyPair pair) {
        return converter.getPrivateKey(pair.getPrivateKeyInfo());
      }
      if (found instanceof PEMEncryptedKeyPair pair) {
        return converter.getPrivateKey(
            pair.decryptKeyPair(
                    new JcePEMDecryptorProviderBuilder()
                        .setProvider(new BouncyCastleProvider())
                        .build(password))
                .getPrivateKeyInfo());
      }
      if (found instanceof PKCS8EncryptedPrivateKeyInfo sealedKey) {
        return converter.getPrivateKey(
            sealedKey.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(new BouncyCastleProvider())
                    .build(password)));
      }
    } catch (OperatorCreationException | PKCSException e) {
      throw new IOException("the private key can't be decrypted: wrong password", e);
    }
    throw new IOException(
        "the file holds a " + found.getClass().getSimpleName() + ", which is of no use here");
  }

  /** A signature of the one is one of the other. */
  private static boolean belong(PrivateKey key, PublicKey other) throws GeneralSecurityException {
    if (!key.getAlgorithm().equals(other.getAlgorithm())
        && !Arrays.asList("EC", "ECDSA")
            .containsAll(List.of(key.getAlgorithm(), other.getAlgorithm()))) {
      return false;
    }
    String algorithm =
        key.getAlgorithm().startsWith("EC")
            ? "SHA256withECDSA"
            : key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : key.getAlgorithm();
    java.security.Signature signing = java.security.Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    byte[] signature = signing.sign();
    signing.initVerify(other);
    signing.update(PROBE);
    return signing.verify(signature);
  }
}
