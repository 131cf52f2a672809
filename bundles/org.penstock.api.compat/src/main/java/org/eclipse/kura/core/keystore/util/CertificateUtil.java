package org.eclipse.kura.core.keystore.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.util.CollectionStore;
import org.bouncycastle.util.Store;
import org.bouncycastle.util.io.pem.PemReader;

/** Turns certificates and keys from one form into another. */
public class CertificateUtil {

  private static final int SERIAL_BITS = 64;

  private CertificateUtil() {}

  /** A Bouncy Castle holder, or a certificate, as a certificate of Java's. */
  public static X509Certificate toJavaX509Certificate(Object certificate) throws Exception {
    if (certificate instanceof X509CertificateHolder holder) {
      return new JcaX509CertificateConverter().getCertificate(holder);
    }
    if (certificate instanceof X509Certificate java) {
      return java;
    }
    throw new IllegalArgumentException("no certificate: " + certificate);
  }

  public static Set<TrustAnchor> toTrustAnchor(List<X509Certificate> certificates)
      throws Exception {
    Set<TrustAnchor> anchors = new LinkedHashSet<>();
    certificates.forEach(c -> anchors.add(new TrustAnchor(c, null)));
    return anchors;
  }

  public static String x509CertificateToPem(Certificate certificate) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    }
    return text.toString();
  }

  public static List<X509Certificate> readPemCertificates(String pem) throws Exception {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
      certificates.add((X509Certificate) certificate);
    }
    return certificates;
  }

  /** A private key in encrypted PKCS 8. */
  public static PrivateKey readEncryptedPrivateKey(String pem, String password)
      throws IOException, PKCSException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo encrypted) {
        return new JcaPEMKeyConverter()
            .getPrivateKey(
                encrypted.decryptPrivateKeyInfo(
                    new JcePKCSPBEInputDecryptorProviderBuilder().build(password.toCharArray())));
      }
    }
    throw new IOException("no encrypted private key in PEM");
  }

  public static PublicKey readPublicKey(String pem, String algorithm) throws Exception {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      return KeyFactory.getInstance(algorithm)
          .generatePublic(new X509EncodedKeySpec(reader.readPemObject().getContent()));
    }
  }

  /** A certificate that the keys sign for themselves. */
  public static X509Certificate[] generateCertificateChain(
      KeyPair keyPair, String signatureAlgorithm, String attributes, Date start, Date end)
      throws OperatorCreationException, CertificateException {
    X500Name name = new X500Name(attributes);
    BigInteger serial = new BigInteger(SERIAL_BITS, new SecureRandom());
    X509CertificateHolder holder =
        new JcaX509v3CertificateBuilder(name, serial, start, end, name, keyPair.getPublic())
            .build(new JcaContentSignerBuilder(signatureAlgorithm).build(keyPair.getPrivate()));
    return new X509Certificate[] {new JcaX509CertificateConverter().getCertificate(holder)};
  }

  public static Store<X509CertificateHolder> toX509CertificateHolderStore(String pem)
      throws Exception {
    List<X509CertificateHolder> holders = new ArrayList<>();
    for (X509Certificate certificate : readPemCertificates(pem)) {
      holders.add(new JcaX509CertificateHolder(certificate));
    }
    return new CollectionStore<>(holders);
  }

  public static CertStore toCertStore(Store<?> store) throws Exception {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object certificate : store.getMatches(null)) {
      certificates.add(toJavaX509Certificate(certificate));
    }
    return CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates));
  }
}
