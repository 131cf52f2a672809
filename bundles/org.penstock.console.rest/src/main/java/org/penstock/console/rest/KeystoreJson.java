package org.penstock.console.rest;

import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The JSON of Kura's {@code keystores}, field by field; private keys are never given out. */
final class KeystoreJson {

  /** One key store. */
  record Store(String id, String type, int size) {}

  /** One entry; the certificates themselves only where one entry is asked for. */
  record Entry(
      String alias,
      String keystoreServicePid,
      String type,
      String algorithm,
      Integer size,
      String subjectDN,
      String issuer,
      Long startDate,
      Long expirationDate,
      String certificate,
      List<String> certificateChain) {}

  /** Which entry. */
  record Place(String keystoreServicePid, String alias) {}

  /** A request for a certificate. */
  record CsrWish(
      String keystoreServicePid, String alias, String signatureAlgorithm, String attributes) {}

  /** The request in PEM. */
  record Csr(String signingRequest) {}

  /** A certificate to be trusted, in PEM. */
  record NewCertificate(String keystoreServicePid, String alias, String certificate) {}

  /** A pair to be made. */
  record NewPair(
      String keystoreServicePid,
      String alias,
      String algorithm,
      Integer size,
      String signatureAlgorithm,
      String attributes) {}

  /** A private key with its chain, in PEM; without a key the chain is for the key that is there. */
  record NewKey(
      String keystoreServicePid, String alias, String privateKey, List<String> certificateChain) {}

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private KeystoreJson() {}

  static Entry entry(String pid, String alias, KeyStore.Entry entry, boolean whole) {
    if (entry instanceof KeyStore.TrustedCertificateEntry trusted) {
      return certificate(
          pid, alias, "TRUSTED_CERTIFICATE", List.of(trusted.getTrustedCertificate()), whole);
    }
    if (entry instanceof KeyStore.PrivateKeyEntry key) {
      return certificate(pid, alias, "PRIVATE_KEY", List.of(key.getCertificateChain()), whole);
    }
    return new Entry(alias, pid, "SECRET_KEY", null, null, null, null, null, null, null, null);
  }

  private static Entry certificate(
      String pid, String alias, String type, List<Certificate> chain, boolean whole) {
    Certificate first = chain.get(0);
    X509Certificate x509 = first instanceof X509Certificate x ? x : null;
    boolean key = type.equals("PRIVATE_KEY");
    return new Entry(
        alias,
        pid,
        type,
        first.getPublicKey().getAlgorithm(),
        bits(first.getPublicKey()),
        x509 == null ? null : x509.getSubjectX500Principal().getName(),
        x509 == null ? null : x509.getIssuerX500Principal().getName(),
        x509 == null ? null : x509.getNotBefore().getTime(),
        x509 == null ? null : x509.getNotAfter().getTime(),
        whole && !key ? pem(first) : null,
        whole && key ? chain.stream().map(KeystoreJson::pem).toList() : null);
  }

  private static Integer bits(Object key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength();
    }
    if (key instanceof ECKey ec) {
      return ec.getParams().getOrder().bitLength();
    }
    return key instanceof DSAKey dsa ? dsa.getParams().getP().bitLength() : null;
  }

  private static String pem(Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a stored certificate has no encoding", e);
    }
  }

  static String pem(String what, byte[] bytes) {
    String text = LINES.encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----";
  }

  static List<String> nonNull(List<String> texts) {
    return texts == null ? new ArrayList<>() : texts;
  }
}
