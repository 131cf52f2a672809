package org.penstock.core.security.keystore;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Makes key pairs, self-signed certificates and signing requests. Loads Bouncy Castle when used. */
final class Issuing {

  private static final Duration VALID = Duration.ofDays(825);
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final int SERIAL_BITS = 64;

  private Issuing() {}

  static KeyPair keys(String algorithm, int size, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(size, random);
    return generator.generateKeyPair();
  }

  static KeyPair keys(String algorithm, AlgorithmParameterSpec spec, SecureRandom random)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(spec, random);
    return generator.generateKeyPair();
  }

  /**
   * A certificate that the key signs itself.
   *
   * @param name for example {@code CN=gateway-7,O=Acme}
   */
  static X509Certificate selfSigned(KeyPair keys, String name, String signature, Instant now)
      throws GeneralSecurityException {
    X500Name subject = new X500Name(name);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(VALID)),
            subject,
            keys.getPublic());
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(
          "can't sign with " + signature + " and this kind of key: " + e.getMessage(), e);
    }
  }

  /** A PKCS #10 request in PEM. */
  static String request(KeyPair keys, X500Principal subject, String signature)
      throws GeneralSecurityException, IOException {
    try {
      StringWriter pem = new StringWriter();
      try (JcaPEMWriter out = new JcaPEMWriter(pem)) {
        out.writeObject(
            new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic())
                .build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())));
      }
      return pem.toString();
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(
          "can't sign with " + signature + " and this kind of key: " + e.getMessage(), e);
    }
  }
}
