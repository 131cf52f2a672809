package org.penstock.driver.lorawan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.security.keystore.KeystoreService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stations that must show a certificate, on the JDK's TLS. If deleted: with {@code station.client.certificate} any
 * station could be let in, or none.
 */
class StationTlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final long LIMIT_S = 10;

  @TempDir Path folder;

  /** A store with a key of its own and the certificates that it trusts. */
  private KeyStore store(String name, KeyStore... trusted) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    for (KeyStore other : trusted) {
      String alias = other.aliases().nextElement();
      store.setCertificateEntry("trusted-" + alias, other.getCertificate(alias));
    }
    return store;
  }

  private static KeyManager[] keys(KeyStore store) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  /** What the driver asks a key store of the gateway for. */
  private static KeystoreService service(KeyStore store) {
    return (KeystoreService)
        Proxy.newProxyInstance(
            StationTlsTest.class.getClassLoader(),
            new Class<?>[] {KeystoreService.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getKeyManagers" -> Arrays.asList(keys(store));
                  case "getEntries" -> {
                    String trusted =
                        java.util.Collections.list(store.aliases()).stream()
                            .filter(alias -> alias.startsWith("trusted-"))
                            .findFirst()
                            .orElseThrow();
                    yield Map.of(trusted, store.getEntry(trusted, null));
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** Asks as a station does; with the answer, or why there is none. */
  private static String ask(int port, KeyStore trust, KeyManager... keys) throws Exception {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted.getTrustManagers(), new SecureRandom());
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            answer.complete(data.toString());
            return null;
          }

          @Override
          public void onError(WebSocket from, Throwable error) {
            answer.completeExceptionally(error);
          }
        };
    WebSocket socket =
        HttpClient.newBuilder()
            .sslContext(context)
            .build()
            .newWebSocketBuilder()
            .buildAsync(URI.create("wss://localhost:" + port + "/router-info"), listener)
            .get(LIMIT_S, TimeUnit.SECONDS);
    socket.sendText("{\"router\":\"::1\"}", true).get(LIMIT_S, TimeUnit.SECONDS);
    return answer.get(LIMIT_S, TimeUnit.SECONDS);
  }

  @Test
  void onlyAStationWithATrustedCertificateIsServed() throws Exception {
    KeyStore station = store("station");
    KeyStore stranger = store("stranger");
    KeyStore server = store("server", station);
    X509Certificate shown = (X509Certificate) server.getCertificate("server");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", shown);
    LorawanBench bench = new LorawanBench(folder);
    try {
      LorawanDriver driver =
          bench.driver(
              "one",
              Map.of("station_port", -1, "station_client_certificate", true),
              service(server));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
      while (driver.station().stationPort().isEmpty()) {
        assertTrue(System.nanoTime() < end, driver.linkState().reason());
        Thread.onSpinWait();
      }
      int port = driver.station().stationPort().orElseThrow();
      assertThrows(ExecutionException.class, () -> ask(port, trust), "no certificate");
      assertThrows(ExecutionException.class, () -> ask(port, trust, keys(stranger)), "a stranger");
      String uri = ask(port, trust, keys(station));
      assertTrue(uri.contains("\"uri\":\"wss://localhost:" + port + "/router-"), uri);
      assertEquals(List.of(), driver.station().gateways(), "nobody is a gateway by asking");
    } finally {
      bench.close();
    }
  }
}
