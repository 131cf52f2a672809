package org.penstock.core.security.keystore;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests. */
public final class Authority {

  private static final AtomicLong SERIALS = new AtomicLong(1000);
  private static final String SIGNATURE = "SHA256withECDSA";

  private final KeyPair keys = keys();
  private final X500Name name;
  private final X509Certificate certificate;

  /** Makes a root. */
  public Authority(String name) throws Exception {
    this.name = new X500Name("CN=" + name);
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        builder(this.name, keys, now.minus(Duration.ofDays(100)), now.plus(Duration.ofDays(3650)));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    certificate = signed(builder);
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private JcaX509v3CertificateBuilder builder(
      X500Name subject, KeyPair owner, Instant begin, Instant end) {
    return new JcaX509v3CertificateBuilder(
        name,
        BigInteger.valueOf(SERIALS.incrementAndGet()),
        Date.from(begin),
        Date.from(end),
        subject,
        owner.getPublic());
  }

  private X509Certificate signed(JcaX509v3CertificateBuilder builder) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
  }

  /** The root's certificate. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The root as something to trust. */
  public TrustedCertificateEntry trusted() {
    return new TrustedCertificateEntry(certificate);
  }

  /** A key with its certificate for a host, valid between the two days from now. */
  public PrivateKeyEntry issue(String host, int fromDay, int toDay) throws Exception {
    KeyPair owner = keys();
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        builder(
            new X500Name("CN=" + host),
            owner,
            now.plus(Duration.ofDays(fromDay)),
            now.plus(Duration.ofDays(toDay)));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    return new PrivateKeyEntry(
        owner.getPrivate(), new Certificate[] {signed(builder), certificate});
  }

  /** A list of revoked certificates. */
  public X509CRL list(int hoursOld, X509Certificate... revoked) throws Exception {
    Instant now = Instant.now().minus(Duration.ofHours(hoursOld));
    X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
    for (X509Certificate one : revoked) {
      builder.addCRLEntry(one.getSerialNumber(), Date.from(now), CRLReason.keyCompromise);
    }
    return new JcaX509CRLConverter()
        .getCRL(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
  }
}
