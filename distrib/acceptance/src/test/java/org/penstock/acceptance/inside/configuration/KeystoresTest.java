package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.configuration.metatype.OCDService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.eclipse.kura.ssl.SslServiceListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** Key stores and TLS (contract 9), sentence by sentence. */
class KeystoresTest {

  private static final String KEYSTORE =
      "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String SSL = "org.eclipse.kura.ssl.SslManagerService";

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);

  @AfterEach
  void delete() throws Exception {
    for (String pid :
        List.of(
            "KeysUnderTest",
            "ListsUnderTest",
            "ServerUnderTest",
            "SslUnderTest",
            "PathUnderTest",
            "RandomUnderTest",
            "VerifyUnderTest",
            "ListenUnderTest",
            "VerifySsl",
            "ListenSsl")) {
      configuration.deleteFactoryConfiguration(pid, false);
    }
  }

  static <S> S await(Class<S> type, String pid) throws Exception {
    String filter = "(kura.service.pid=" + pid + ")";
    Example.await(
        () -> {
          try {
            return !Example.CONTEXT.getServiceReferences(type, filter).isEmpty();
          } catch (org.osgi.framework.InvalidSyntaxException e) {
            throw new IllegalStateException(e);
          }
        },
        () -> pid + " does not come");
    ServiceReference<S> found =
        Example.CONTEXT.getServiceReferences(type, filter).iterator().next();
    return Example.CONTEXT.getService(found);
  }

  private KeystoreService keystore(Map<String, Object> properties) throws Exception {
    return keystore("KeysUnderTest", properties);
  }

  /** Its file stays, so each test that looks at all entries has a store of its own. */
  private KeystoreService keystore(String pid, Map<String, Object> properties) throws Exception {
    configuration.createFactoryConfiguration(KEYSTORE, pid, properties, false);
    return await(KeystoreService.class, pid);
  }

  @Test
  void aKeystoreHoldsEntriesAndTellsEachChange() throws Exception {
    BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    Hashtable<String, Object> topics = new Hashtable<>();
    topics.put(
        EventConstants.EVENT_TOPIC,
        "org/eclipse/kura/security/keystore/KeystoreChangedEvent/KEYSTORE_CHANGED");
    ServiceRegistration<EventHandler> handler =
        Example.CONTEXT.registerService(EventHandler.class, events::add, topics);
    try {
      KeystoreService store = keystore(Map.of("keystore.password", new Password("secret")));
      store.createKeyPair("me", "RSA", 2048, "SHA256withRSA", "CN=gw");
      Event event = events.poll(10, TimeUnit.SECONDS);
      assertEquals("KeysUnderTest", event.getProperty("sender.pid"));
      assertEquals(List.of("me"), store.getAliases());
      assertTrue(
          store
              .getCSR("me", new X500Principal("CN=gw"), "SHA256withRSA")
              .startsWith("-----BEGIN CERTIFICATE REQUEST-----"));
      assertFalse(store.getKeyManagers("SunX509").isEmpty());
      KeyStore file = KeyStore.getInstance("PKCS12");
      Path keys = Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys");
      try (var in = Files.newInputStream(keys.resolve("KeysUnderTest.p12"))) {
        file.load(in, "secret".toCharArray());
      }
      assertTrue(file.isKeyEntry("me"));
      store.deleteEntry("me");
      assertNotNull(events.poll(10, TimeUnit.SECONDS));
    } finally {
      handler.unregister();
    }
  }

  @Test
  void theSslManagerSpeaksWithTheGatewaysOwnServerWhenItTrustsIt() throws Exception {
    KeystoreService https = await(KeystoreService.class, "HttpsKeystore");
    X509Certificate own =
        (X509Certificate) ((PrivateKeyEntry) https.getEntry("https")).getCertificate();
    KeystoreService trust = keystore(Map.of());
    trust.setEntry("gateway", new KeyStore.TrustedCertificateEntry(own));
    configuration.createFactoryConfiguration(
        SSL,
        "SslUnderTest",
        Map.of(
            "KeystoreService.target",
            "(kura.service.pid=nobody)",
            "TruststoreKeystoreService.target",
            "(kura.service.pid=KeysUnderTest)"),
        false);
    SslManagerService ssl = await(SslManagerService.class, "SslUnderTest");
    SSLContext context = ssl.getSSLContext();
    assertNotNull(context);
    SSLSocketFactory sockets = ssl.getSSLSocketFactory();
    try (SSLSocket socket = (SSLSocket) sockets.createSocket("localhost", port())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      assertArrayEquals(
          own.getEncoded(), socket.getSession().getPeerCertificates()[0].getEncoded());
    }
  }

  @Test
  void revocationListsAreKeptWhereTheirManagementIsEnabled() throws Exception {
    KeystoreService store = keystore("ListsUnderTest", Map.of("crl.management.enabled", true));
    store.createKeyPair("ca", "RSA", 2048, "SHA256withRSA", "CN=ca");
    PrivateKeyEntry ca = (PrivateKeyEntry) store.getEntry("ca");
    X509Certificate certificate = (X509Certificate) ca.getCertificate();
    store.setEntry("trusted", new KeyStore.TrustedCertificateEntry(certificate));
    Date now = new Date();
    X509CRL list =
        new JcaX509CRLConverter()
            .getCRL(
                new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), now)
                    .addCRLEntry(BigInteger.TEN, now, 0)
                    .setNextUpdate(new Date(now.getTime() + 86_400_000))
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(ca.getPrivateKey())));
    store.addCRL(list);
    assertEquals(List.of(list), List.copyOf(store.getCRLs()));
    assertFalse(store.getCRLStore().getCRLs(null).isEmpty());
  }

  @Test
  void aRefusedPeerIsToldInWordsUnknownIssuerAndHostName() throws Exception {
    KeystoreService store = keystore("ServerUnderTest", Map.of());
    store.createKeyPair("server", "RSA", 2048, "SHA256withRSA", "CN=other.example");
    store.createKeyPair("stranger", "RSA", 2048, "SHA256withRSA", "CN=stranger");
    X509Certificate stranger =
        (X509Certificate) ((PrivateKeyEntry) store.getEntry("stranger")).getCertificate();
    store.deleteEntry("stranger");
    store.setEntry("them", new KeyStore.TrustedCertificateEntry(stranger));
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(store.getKeyManagers("SunX509").toArray(new KeyManager[0]), null, null);
    configuration.createFactoryConfiguration(
        SSL,
        "SslUnderTest",
        Map.of("KeystoreService.target", "(kura.service.pid=ServerUnderTest)"),
        false);
    SslManagerService ssl = await(SslManagerService.class, "SslUnderTest");
    String unknown = refusal(ssl, server);
    assertTrue(unknown.contains("issuer") && unknown.contains("CN=other.example"), unknown);
    X509Certificate own =
        (X509Certificate) ((PrivateKeyEntry) store.getEntry("server")).getCertificate();
    store.setEntry("them", new KeyStore.TrustedCertificateEntry(own));
    Example.await(
        () -> refusal(ssl, server).contains("is not for host localhost"),
        () -> refusal(ssl, server));
  }

  /** What a client of the manager is told by this server's certificate. */
  static String refusal(SslManagerService manager, SSLContext server) {
    try (ServerSocket listening =
        server
            .getServerSocketFactory()
            .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AtomicReference<IOException> end = new AtomicReference<>();
      Thread serving =
          new Thread(
              () -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                  socket.setSoTimeout(10_000);
                  socket.startHandshake();
                } catch (IOException e) {
                  end.set(e); // the client refuses, as it is meant to
                }
              });
      serving.start();
      StringBuilder words = new StringBuilder();
      try (SSLSocket socket =
          (SSLSocket)
              manager.getSSLSocketFactory().createSocket("localhost", listening.getLocalPort())) {
        socket.setSoTimeout(10_000);
        socket.startHandshake();
      } catch (IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
          words.append(t.getMessage()).append('\n');
        }
      }
      serving.join(10_000);
      return words.toString();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int port() {
    org.penstock.api.health.Health health = Example.service(org.penstock.api.health.Health.class);
    Example.await(
        () -> health.states().get("console/rest").figures().get("https.port") != null,
        () -> "no HTTPS");
    return (Integer) health.states().get("console/rest").figures().get("https.port");
  }

  @Test
  void hostNamesAreNotVerifiedWhereThatIsSwitchedOff() throws Exception {
    KeystoreService store = keystore("VerifyUnderTest", Map.of());
    store.createKeyPair("server", "RSA", 2048, "SHA256withRSA", "CN=other.example");
    X509Certificate own =
        (X509Certificate) ((PrivateKeyEntry) store.getEntry("server")).getCertificate();
    store.setEntry("them", new KeyStore.TrustedCertificateEntry(own));
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(store.getKeyManagers("SunX509").toArray(new KeyManager[0]), null, null);
    configuration.createFactoryConfiguration(
        SSL,
        "VerifySsl",
        Map.of(
            "KeystoreService.target",
            "(kura.service.pid=VerifyUnderTest)",
            "ssl.hostname.verification",
            false),
        false);
    assertEquals("", refusal(await(SslManagerService.class, "VerifySsl"), server));
  }

  @Test
  void listenersOfTheSslManagerHearOfAChangedConfigurationAndAChangedStore() throws Exception {
    KeystoreService store = keystore("ListenUnderTest", Map.of());
    Map<String, Object> properties =
        Map.of("KeystoreService.target", "(kura.service.pid=ListenUnderTest)");
    configuration.createFactoryConfiguration(SSL, "ListenSsl", properties, false);
    await(SslManagerService.class, "ListenSsl");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    ServiceRegistration<SslServiceListener> listener =
        Example.CONTEXT.registerService(
            SslServiceListener.class, () -> heard.add("updated"), new Hashtable<>());
    try {
      store.createKeyPair("server", "RSA", 2048, "SHA256withRSA", "CN=localhost");
      assertEquals("updated", heard.poll(20, TimeUnit.SECONDS), "of the changed store");
      heard.clear();
      configuration.updateConfiguration(
          "ListenSsl", Map.of("ssl.default.protocol", "TLSv1.3"), false);
      assertEquals("updated", heard.poll(20, TimeUnit.SECONDS), "of the changed configuration");
    } finally {
      listener.unregister();
    }
  }

  @Test
  void theDefaultsOfStoresAndTlsAreKuras() throws Exception {
    OCDService definitions = Example.service(OCDService.class);
    Map<String, Object> store =
        definitions.getFactoryComponentOCD(KEYSTORE).getConfigurationProperties();
    assertEquals(false, store.get("crl.management.enabled"));
    assertEquals(
        "1 DAYS",
        store.get("crl.update.interval") + " " + store.get("crl.update.interval.time.unit"));
    Map<String, Object> ssl = definitions.getFactoryComponentOCD(SSL).getConfigurationProperties();
    assertEquals("TLSv1.2", ssl.get("ssl.default.protocol"));
    assertEquals(true, ssl.get("ssl.hostname.verification"));
    assertEquals(false, ssl.get("ssl.revocation.check.enabled"));
    assertEquals("PREFER_OCSP", ssl.get("ssl.revocation.mode"));
    assertEquals(false, ssl.get("ssl.revocation.soft.fail"));
  }

  @Test
  void aStoreIsOfTheTypeThatIsJavasDefaultAndAtThePathGiven() throws Exception {
    Path path = Files.createTempDirectory("keys").resolve("mine.ks");
    KeystoreService store =
        keystore(
            "PathUnderTest",
            Map.of("keystore.path", path.toString(), "keystore.password", new Password("secret")));
    store.createKeyPair("me", "RSA", 2048, "SHA256withRSA", "CN=gw");
    assertEquals(
        KeyStore.getDefaultType().toUpperCase(), store.getKeyStore().getType().toUpperCase());
    KeyStore file = KeyStore.getInstance(KeyStore.getDefaultType());
    try (var in = Files.newInputStream(path)) {
      file.load(in, "secret".toCharArray());
    }
    assertTrue(file.isKeyEntry("me"));
  }

  @Test
  void aRandomPasswordReplacesTheGivenOneWhereThatIsAskedFor() throws Exception {
    Path path = Files.createTempDirectory("keys").resolve("random.ks");
    KeystoreService store =
        keystore(
            "RandomUnderTest",
            Map.of(
                "keystore.path",
                path.toString(),
                "keystore.password",
                new Password("changeit"),
                "randomize.password",
                true));
    store.createKeyPair("me", "RSA", 2048, "SHA256withRSA", "CN=gw");
    KeyStore file = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(path)) {
      assertThrows(IOException.class, () -> file.load(in, "changeit".toCharArray()));
    }
    assertEquals(List.of("me"), store.getAliases());
  }
}
