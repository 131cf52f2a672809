package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.KeyStore.TrustedCertificateEntry;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Validity, revocation lists and cipher suites (contract 9). If deleted: a revoked peer could pass,
 * or a right one be refused, and nobody be told why.
 */
class RefusalsTest {

  private static final String KEYSTORE =
      "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String SSL = "org.eclipse.kura.ssl.SslManagerService";
  private static final X500Principal ROOT = new X500Principal("CN=refusals root");

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private final KeyPair ca = keys();
  private final X509Certificate root = certificate(ROOT, ca, -100, 100, true);
  private long serial = 100;

  @AfterEach
  void delete() throws Exception {
    for (String pid : List.of("RefusedServer", "RefusalTrust", "RefusalLists", "RefusalSsl")) {
      configuration.deleteFactoryConfiguration(pid, false);
      Path keys = Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys");
      Files.deleteIfExists(keys.resolve(pid + ".p12"));
      Files.deleteIfExists(keys.resolve(pid + ".crl"));
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(
      X500Principal subject, KeyPair owner, int fromDay, int toDay, boolean authority) {
    Instant now = Instant.now();
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              ROOT,
              BigInteger.valueOf(++serial),
              Date.from(now.plus(Duration.ofDays(fromDay))),
              Date.from(now.plus(Duration.ofDays(toDay))),
              subject,
              owner.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(ca.getPrivate())));
    } catch (java.security.GeneralSecurityException
        | java.io.IOException
        | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509CRL list(KeyPair signer, X500Principal issuer, int hoursOld, BigInteger... all)
      throws Exception {
    Date then = Date.from(Instant.now().minus(Duration.ofHours(hoursOld)));
    JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(issuer, then);
    builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(7))));
    for (BigInteger one : all) {
      builder.addCRLEntry(one, then, 1);
    }
    return new JcaX509CRLConverter()
        .getCRL(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())));
  }

  private KeystoreService keystore(String pid, Map<String, Object> properties) throws Exception {
    configuration.createFactoryConfiguration(KEYSTORE, pid, properties, false);
    return KeystoresTest.await(KeystoreService.class, pid);
  }

  private SslManagerService manager(Map<String, Object> more) throws Exception {
    Map<String, Object> properties = new HashMap<>(more);
    properties.put("KeystoreService.target", "(kura.service.pid=nobody)");
    properties.put("TruststoreKeystoreService.target", "(kura.service.pid=RefusalTrust)");
    configuration.createFactoryConfiguration(SSL, "RefusalSsl", properties, false);
    return KeystoresTest.await(SslManagerService.class, "RefusalSsl");
  }

  private SSLContext server(KeystoreService store, X509Certificate shown, KeyPair owner)
      throws Exception {
    store.setEntry(
        "server", new PrivateKeyEntry(owner.getPrivate(), new Certificate[] {shown, root}));
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(store.getKeyManagers("SunX509").toArray(new KeyManager[0]), null, null);
    return server;
  }

  @Test
  void expiredAndNotYetValidAreToldInWords() throws Exception {
    KeystoreService store = keystore("RefusedServer", Map.of());
    keystore("RefusalTrust", Map.of()).setEntry("root", new TrustedCertificateEntry(root));
    SslManagerService ssl = manager(Map.of());
    KeyPair owner = keys();
    X500Principal host = new X500Principal("CN=localhost");
    SSLContext old = server(store, certificate(host, owner, -20, -5, false), owner);
    String expired = KeystoresTest.refusal(ssl, old);
    assertTrue(expired.contains("expired") && expired.contains("renew it"), expired);
    SSLContext early = server(store, certificate(host, owner, 5, 20, false), owner);
    String future = KeystoresTest.refusal(ssl, early);
    assertTrue(future.contains("not yet valid") && future.contains("clock"), future);
    SSLContext right = server(store, certificate(host, owner, -5, 20, false), owner);
    assertEquals("", KeystoresTest.refusal(ssl, right));
  }

  @Test
  void aListRevokesInEachModeAndSoftFailLetsPassWhatNobodyKnows() throws Exception {
    KeystoreService store = keystore("RefusedServer", Map.of());
    KeyPair owner = keys();
    X509Certificate shown = certificate(new X500Principal("CN=localhost"), owner, -5, 20, false);
    SSLContext server = server(store, shown, owner);
    KeystoreService trust = keystore("RefusalTrust", Map.of("crl.management.enabled", true));
    trust.setEntry("root", new TrustedCertificateEntry(root));
    SslManagerService ssl =
        manager(Map.of("ssl.revocation.check.enabled", true, "ssl.revocation.mode", "CRL_ONLY"));
    String nobody = KeystoresTest.refusal(ssl, server);
    assertTrue(nobody.contains("nobody can tell"), nobody);
    configuration.updateConfiguration(
        "RefusalSsl", Map.of("ssl.revocation.soft.fail", true), false);
    Example.await(() -> refusal(server).isEmpty(), () -> refusal(server));
    trust.addCRL(list(ca, ROOT, 2, shown.getSerialNumber()));
    Example.await(() -> refusal(server).contains("was revoked at"), () -> refusal(server));
    configuration.updateConfiguration(
        "RefusalSsl", Map.of("ssl.revocation.mode", "PREFER_CRL"), false);
    Example.await(() -> refusal(server).contains("was revoked at"), () -> refusal(server));
    trust.addCRL(list(ca, ROOT, 1));
    Example.await(() -> refusal(server).isEmpty(), () -> refusal(server));
  }

  /** By the manager as it is now: a changed configuration makes another one. */
  private static String refusal(SSLContext server) {
    try {
      String filter = "(kura.service.pid=RefusalSsl)";
      for (ServiceReference<SslManagerService> one :
          Example.CONTEXT.getServiceReferences(SslManagerService.class, filter)) {
        SslManagerService now = Example.CONTEXT.getService(one);
        if (now != null) {
          return KeystoresTest.refusal(now, server);
        }
      }
      return "no manager";
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void onlyTheGivenCipherSuitesAreOffered() throws Exception {
    keystore("RefusalTrust", Map.of()).setEntry("root", new TrustedCertificateEntry(root));
    SslManagerService ssl = manager(Map.of("ssl.default.cipherSuites", "TLS_AES_256_GCM_SHA384"));
    try (SSLSocket socket = (SSLSocket) ssl.getSSLSocketFactory().createSocket()) {
      assertArrayEquals(new String[] {"TLS_AES_256_GCM_SHA384"}, socket.getEnabledCipherSuites());
    }
  }

  @Test
  void listsAreFetchedAgainAndOnlyVerifiedOnesAreKept() throws Exception {
    Path file = Files.createTempFile("refusals", ".crl");
    KeyPair stranger = keys();
    Files.write(file, list(stranger, ROOT, 1, BigInteger.ONE).getEncoded());
    KeystoreService store =
        keystore(
            "RefusalLists",
            Map.of(
                "crl.management.enabled",
                true,
                "crl.urls",
                new String[] {file.toUri().toString()},
                "crl.check.interval",
                1L,
                "crl.check.interval.time.unit",
                "SECONDS",
                "crl.update.interval",
                1L,
                "crl.update.interval.time.unit",
                "SECONDS"));
    store.setEntry("root", new TrustedCertificateEntry(root));
    org.penstock.api.health.Health health = Example.service(org.penstock.api.health.Health.class);
    Example.await(
        () ->
            health.states().get("core/keystore/RefusalLists").reason().contains("revocation list"),
        () -> health.states().get("core/keystore/RefusalLists").toString());
    assertEquals(0, store.getCRLs().size(), "whoever signed it");
    Files.write(file, list(ca, ROOT, 1, BigInteger.TEN).getEncoded());
    Example.await(() -> count(store) == 1, () -> "" + count(store));
    Files.delete(file);
  }

  private static int count(KeystoreService store) {
    try {
      return store.getCRLs().size();
    } catch (KuraException e) {
      return -1;
    }
  }
}
