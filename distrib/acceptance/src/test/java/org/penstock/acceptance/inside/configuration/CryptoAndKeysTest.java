package org.penstock.acceptance.inside.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.x500.X500Principal;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ConfigurationService;
import org.eclipse.kura.configuration.Password;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.penstock.api.security.KeyRotation;

/** Crypto, key stores, TLS (contract 9), sentence by sentence. */
class CryptoAndKeysTest {

  private static final String KEYSTORE =
      "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl";
  private static final String SSL = "org.eclipse.kura.ssl.SslManagerService";

  private final ConfigurationService configuration = Example.service(ConfigurationService.class);
  private final CryptoService crypto = Example.service(CryptoService.class);

  @AfterEach
  void delete() throws Exception {
    for (String pid : List.of("KeysUnderTest", "SslUnderTest")) {
      configuration.deleteFactoryConfiguration(pid, false);
    }
  }

  private static <S> S await(Class<S> type, String pid) throws Exception {
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
    configuration.createFactoryConfiguration(KEYSTORE, "KeysUnderTest", properties, false);
    return await(KeystoreService.class, "KeysUnderTest");
  }

  @Test
  void encryptAesGivesTwelveBytesOfIvAHyphenAndCipherTextWithTag() throws Exception {
    String[] parts = new String(crypto.encryptAes("Grüße".toCharArray())).split("-");
    assertEquals(12, Base64.getDecoder().decode(parts[0]).length);
    assertEquals(
        "Grüße".getBytes("UTF-8").length + 16, Base64.getDecoder().decode(parts[1]).length);
  }

  @Test
  void decryptAesOfEmptyIsEmptyAndOfAnythingElseWrongADecoderError() throws Exception {
    assertEquals(0, crypto.decryptAes(new char[0]).length);
    String good = new String(crypto.encryptAes("x".toCharArray()));
    for (String bad : List.of("plain", "a-b-c", good.substring(0, good.length() - 4) + "AAA=")) {
      assertEquals(
          KuraErrorCode.DECODER_ERROR,
          assertThrows(KuraException.class, () -> crypto.decryptAes(bad.toCharArray())).getCode());
    }
  }

  @Test
  void hashesAreBase64AndBase64IsNullSafe() throws Exception {
    assertEquals("qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", crypto.sha1Hash("abc"));
    assertEquals("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", crypto.sha256Hash("abc"));
    assertEquals(null, crypto.encodeBase64(null));
    assertEquals(null, crypto.decodeBase64(null));
    assertFalse(crypto.isFrameworkSecure());
  }

  @Test
  void theDeviceKeyIsTheOwnersAlone() throws Exception {
    Path key =
        Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys").resolve("device.key");
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(key)));
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

  private static int port() {
    org.penstock.api.health.Health health = Example.service(org.penstock.api.health.Health.class);
    Example.await(
        () -> health.states().get("console/rest").figures().get("https.port") != null,
        () -> "no HTTPS");
    return (Integer) health.states().get("console/rest").figures().get("https.port");
  }

  @Test
  void theDeviceKeyChangesAndEverySecretStaysReadable() throws Exception {
    Path key =
        Path.of(Example.CONTEXT.getProperty("penstock.home")).resolve("keys").resolve("device.key");
    try (Example example = new Example("com.acme.rotation")) {
      configuration.createFactoryConfiguration(
          example.factory(), "KeysUnderTest", Map.of("pin", new Password("s3cret")), true);
      Example.await(() -> Example.given("KeysUnderTest").containsKey("pin"), () -> "not there");
      byte[] before = Files.readAllBytes(key);
      Example.service(KeyRotation.class).rotate();
      byte[] after = Files.readAllBytes(key);
      assertEquals(before.length, after.length);
      assertFalse(java.util.Arrays.equals(before, after));
      assertEquals(
          "s3cret",
          configuration
              .getComponentConfiguration("KeysUnderTest")
              .getConfigurationProperties()
              .get("pin")
              .toString());
      Example.await(
          () -> {
            try {
              String sealed = (String) Example.given("KeysUnderTest").get("pin");
              return new String(crypto.decryptAes(sealed.toCharArray())).equals("s3cret");
            } catch (KuraException e) {
              return false;
            }
          },
          () -> "the component still has a text of the old key");
      for (long id : configuration.getSnapshots()) {
        configuration.getSnapshot(id);
      }
    }
  }
}
