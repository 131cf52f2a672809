package org.penstock.core.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.api.deployment.Download;

/** Without it whoever may name a URL could have the gateway ask what only the plant's network sees. */
class DownloadsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
  @TempDir Path folder;
  private HttpsServer server;

  @BeforeEach
  void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost,ip:127.0.0.1",
            "-keystore",
            keys.toString(),
            "-storepass",
            new String(PASSWORD));
    assertEquals(0, keytool.start().waitFor());
    KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    String alias = store.aliases().nextElement();
    trusted.setCertificateEntry("server", store.getCertificate(alias));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
    server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext("/file", exchange -> answer(exchange, 200, null));
    server.createContext("/inside", exchange -> answer(exchange, 302, at("127.0.0.1", "/file")));
    server.createContext("/plain", exchange -> answer(exchange, 302, "http://localhost/file"));
    server.createContext("/round", exchange -> answer(exchange, 302, at("localhost", "/round")));
    server.createContext("/half", DownloadsTest::half);
    server.start();
  }

  /** Breaks off after two of four bytes, and gives the rest to who asks for it. */
  private static void half(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      exchange.sendResponseHeaders(200, 4);
      exchange.getResponseBody().write(new byte[] {1, 2});
      exchange.getResponseBody().flush();
    } else {
      exchange.sendResponseHeaders(range.equals("bytes=2-") ? 206 : 416, 2);
      exchange.getResponseBody().write(new byte[] {3, 4});
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, int status, String location)
      throws IOException {
    if (location != null) {
      exchange.getResponseHeaders().set("Location", location);
    }
    exchange.sendResponseHeaders(status, 4);
    exchange.getResponseBody().write(new byte[] {1, 2, 3, 4});
    exchange.close();
  }

  private String at(String host, String path) {
    return "https://" + host + ":" + server.getAddress().getPort() + path;
  }

  @AfterEach
  void stop() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    server.stop(0);
  }

  /** For these downloads localhost is a public host, 127.0.0.1 is what it is. */
  private Path fetched(String uri) throws Refusal {
    Path target = folder.resolve("fetched");
    fetch(Download.of(URI.create(uri), target));
    return target;
  }

  private void fetch(Download what) throws Refusal {
    Downloads downloads =
        new Downloads(
            false,
            1 << 20,
            Duration.ofMinutes(1),
            host -> InetAddress.getAllByName(host.equals("localhost") ? "192.0.2.1" : host));
    downloads.fetch(what, (done, all) -> {}, () -> false);
  }

  private String refusal(String uri) {
    String why = assertThrows(Refusal.class, () -> fetched(uri)).getMessage();
    assertFalse(Files.exists(folder.resolve("fetched")), why);
    return why;
  }

  @Test
  void whatBrokeOffIsGoneOnWithAndItsHashIsThatOfTheWhole() throws Exception {
    Path target = folder.resolve("fetched");
    Download first = Download.of(URI.create(at("localhost", "/half")), target);
    assertThrows(Refusal.class, () -> fetch(first));
    assertEquals(2, Files.size(folder.resolve("fetched.part")));
    byte[] whole = {1, 2, 3, 4};
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(whole);
    fetch(
        new Download(
            first.uri(),
            target,
            Optional.of("SHA-256:" + HexFormat.of().formatHex(hash)),
            Optional.empty(),
            new char[0],
            true,
            first.timeout(),
            first.blockBytes(),
            first.blockDelay()));
    assertArrayEquals(whole, Files.readAllBytes(target));
    assertFalse(Files.exists(folder.resolve("fetched.part")));
  }

  @Test
  void fromPublicHostsOverHttpsAndFromNoneThatIsPrivateOrBecomesSoByARedirect() throws Exception {
    String direct = refusal(at("127.0.0.1", "/file"));
    assertTrue(direct.startsWith("download of ") && direct.contains("private address"), direct);
    for (String host : new String[] {"10.0.0.1", "192.168.1.1", "169.254.169.254", "[fd00::1]"}) {
      String why = refusal("https://" + host + "/file");
      assertTrue(why.contains("is a private address; see download.private"), why);
    }
    String inside = refusal(at("localhost", "/inside"));
    assertTrue(inside.startsWith("redirect to https://127.0.0.1:"), inside);
    assertTrue(inside.contains("private address"), inside);
    String plain = refusal(at("localhost", "/plain"));
    assertTrue(plain.contains("only https is allowed"), plain);
    assertTrue(refusal("http://192.0.2.1/file").contains("only https is allowed"));
    String round = refusal(at("localhost", "/round"));
    assertTrue(round.contains("more than 5 redirects"), round);
    assertEquals(4, Files.size(fetched(at("localhost", "/file"))));
  }
}
