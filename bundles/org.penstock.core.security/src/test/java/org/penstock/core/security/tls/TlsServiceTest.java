package org.penstock.core.security.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.core.security.keystore.Authority;
import org.penstock.core.security.keystore.Boxes;
import org.penstock.core.security.keystore.FilesystemKeystore;

/**
 * Our client against Java's own TLS server. Without it a wrong peer could be trusted, or a right one
 * refused without a word that helps.
 */
class TlsServiceTest {

  private static final char[] PASSWORD = "secret".toCharArray();

  @TempDir Path folder;
  private Authority authority;
  private FilesystemKeystore keys;
  private FilesystemKeystore trust;

  @BeforeEach
  void stores() throws Exception {
    authority = new Authority("Plant CA");
    Properties kept = new Properties();
    keys = Boxes.keystore(folder, "keys", kept, () -> {});
    trust = Boxes.keystore(folder, "trust", kept, () -> {}, "crl_management_enabled", true);
  }

  private TlsService manager(Object... pairs) {
    TlsService manager = new TlsService(Boxes.config(TlsServiceConfig.class, pairs));
    manager.setKeystoreService(keys);
    manager.setTruststoreKeystoreService(trust);
    return manager;
  }

  private static SSLContext server(PrivateKeyEntry key, X509Certificate clients) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry("server", key.getPrivateKey(), PASSWORD, key.getCertificateChain());
    own.setCertificateEntry("clients", clients);
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(own, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(own);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  /** One connection; gives the version of TLS and the client's name as the server saw it. */
  private String connect(
      TlsService manager, PrivateKeyEntry key, boolean mutual, String... versions)
      throws Exception {
    SSLContext context = server(key, authority.certificate());
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(mutual);
      listening.setSoTimeout(10_000);
      if (versions.length > 0) {
        listening.setEnabledProtocols(versions);
      }
      CompletableFuture<String> seen = new CompletableFuture<>();
      Thread server = new Thread(() -> serve(listening, mutual, seen), "test/tls-server");
      server.start();
      try (SSLSocket client =
          (SSLSocket)
              manager.getSSLSocketFactory().createSocket("localhost", listening.getLocalPort())) {
        client.setSoTimeout(10_000);
        client.startHandshake();
        InputStream in = client.getInputStream();
        assertEquals('k', in.read());
        return client.getSession().getProtocol() + " " + seen.get(10, TimeUnit.SECONDS);
      } finally {
        server.join(10_000);
      }
    }
  }

  private static void serve(
      SSLServerSocket listening, boolean mutual, CompletableFuture<String> seen) {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      seen.complete(mutual ? socket.getSession().getPeerPrincipal().getName() : "nobody");
      socket.getOutputStream().write('k');
    } catch (IOException e) {
      seen.completeExceptionally(e);
    }
  }

  private String refusal(TlsService manager, PrivateKeyEntry key) {
    SSLException refused = assertThrows(SSLException.class, () -> connect(manager, key, false));
    StringBuilder words = new StringBuilder();
    for (Throwable t = refused; t != null; t = t.getCause()) {
      words.append(t.getMessage()).append('\n');
    }
    return words.toString();
  }

  @Test
  void tls13IsSpokenAndTls12WhereThePeerHasNoOther() throws Exception {
    trust.setEntry("ca", authority.trusted());
    PrivateKeyEntry server = authority.issue("localhost", -1, 9);
    assertEquals("TLSv1.3 nobody", connect(manager(), server, false));
    assertEquals("TLSv1.2 nobody", connect(manager(), server, false, "TLSv1.2"));
    TlsService newest = manager("ssl_default_protocol", "TLSv1.3");
    assertThrows(SSLException.class, () -> connect(newest, server, false, "TLSv1.2"));
  }

  @Test
  void mutualTlsShowsTheKeyOfTheAlias() throws Exception {
    trust.setEntry("ca", authority.trusted());
    keys.setEntry("other", new Authority("Another").issue("other", -1, 9));
    keys.setEntry("gw7", authority.issue("gw7", -1, 9));
    assertEquals("TLSv1.3 CN=gw7", connect(manager(), authority.issue("localhost", -1, 9), true));
    TlsService manager = manager();
    SSLContext context = manager.getSSLContext("gw7");
    assertEquals(context, manager.getSSLContext("gw7"), "made once");
    assertThrows(
        java.security.GeneralSecurityException.class, () -> manager.getSSLContext("nobody"));
  }

  @Test
  void anExpiredCertificateIsCalledExpired() throws Exception {
    trust.setEntry("ca", authority.trusted());
    String words = refusal(manager(), authority.issue("localhost", -9, -1));
    assertTrue(words.contains("expired") && words.contains("clock"), words);
  }

  @Test
  void aCertificateOfTheFutureIsCalledNotYetValid() throws Exception {
    trust.setEntry("ca", authority.trusted());
    String words = refusal(manager(), authority.issue("localhost", 2, 9));
    assertTrue(words.contains("not yet valid; check this gateway's clock"), words);
  }

  @Test
  void anUnknownIssuerIsNamed() throws Exception {
    trust.setEntry("ca", authority.trusted());
    String words = refusal(manager(), new Authority("Stranger CA").issue("localhost", -1, 9));
    assertTrue(words.contains("issuer") && words.contains("CN=Stranger CA"), words);
    assertTrue(words.contains("add the issuer's certificate"), words);
  }

  @Test
  void anotherHostNameIsNamedWithTheNamesOfTheCertificate() throws Exception {
    trust.setEntry("ca", authority.trusted());
    PrivateKeyEntry other = authority.issue("broker.example", -1, 9);
    String words = refusal(manager(), other);
    assertTrue(words.contains("is not for host localhost but for broker.example"), words);
    assertEquals(
        "TLSv1.3 nobody", connect(manager("ssl_hostname_verification", false), other, false));
  }

  @Test
  void aRevokedCertificateIsRefusedByListAndAnUnknownOneUnlessSoft() throws Exception {
    trust.setEntry("ca", authority.trusted());
    PrivateKeyEntry server = authority.issue("localhost", -1, 9);
    Object[] config = {"ssl_revocation_check_enabled", true, "ssl_revocation_mode", "CRL_ONLY"};
    String unknown = refusal(manager(config), server);
    assertTrue(unknown.contains("nobody can tell"), unknown);
    assertEquals(
        "TLSv1.3 nobody",
        connect(
            manager(
                "ssl_revocation_check_enabled",
                true,
                "ssl_revocation_mode",
                "CRL_ONLY",
                "ssl_revocation_soft_fail",
                true),
            server,
            false));
    trust.addCRL(authority.list(2));
    assertEquals("TLSv1.3 nobody", connect(manager(config), server, false));
    trust.addCRL(authority.list(1, (X509Certificate) server.getCertificate()));
    String words = refusal(manager(config), server);
    assertTrue(words.contains("was revoked"), words);
  }

  @Test
  void anEmptyTrustStoreTrustsNobodyAndSaysSo() {
    java.security.GeneralSecurityException refused =
        assertThrows(
            java.security.GeneralSecurityException.class, () -> manager().getSSLSocketFactory());
    assertTrue(refused.getMessage().contains("holds no certificate"), refused.getMessage());
  }

  @Test
  void listenersHearOfChangedStoresAndTheNextConnectionUsesThem() throws Exception {
    AtomicInteger heard = new AtomicInteger();
    trust.setEntry("ca", new Authority("Old").trusted());
    TlsService manager = manager();
    manager.addListener(heard::incrementAndGet);
    PrivateKeyEntry server = authority.issue("localhost", -1, 9);
    refusal(manager, server);
    trust.setEntry("ca", authority.trusted());
    manager.handleEvent(null);
    assertEquals("TLSv1.3 nobody", connect(manager, server, false));
    assertEquals(2, heard.get());
  }
}
