package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.login.FailedLoginException;
import org.eclipse.kura.KuraConnectException;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Without it an operator reads "error 32103" and does not know what to do. */
@Timeout(150)
class FailureTest {

  @TempDir Path folder;

  private static String failure(MqttDataTransport transport) {
    String failure = assertThrows(KuraConnectException.class, transport::connect).getMessage();
    assertFalse(transport.health().reason().isEmpty());
    transport.stop();
    return failure;
  }

  private static void says(String part, String failure) {
    assertTrue(failure.contains(part), failure);
  }

  @Test
  void refusedAndUnresolvedAreToldApart() throws Exception {
    says("refused the connection", failure(Transports.to(Mosquitto.freePort(), Map.of())));
    says(
        "cannot resolve",
        failure(Transports.to(1, Map.of("broker-url", "mqtt://no-such-host.invalid:1883"))));
  }

  /** Seen: the dead OCSP responder's refused connection was told as the broker's. */
  @Test
  void aRespondersRefusedConnectionIsNotTheBrokers() {
    CertPathValidatorException path =
        new CertPathValidatorException(
            "no answer",
            new java.net.ConnectException("Connection refused"),
            null,
            -1,
            CertPathValidatorException.BasicReason.UNDETERMINED_REVOCATION_STATUS);
    says(
        "nobody can tell whether",
        Failure.describe(
            "mqtts://b", new javax.net.ssl.SSLHandshakeException("x").initCause(path)));
  }

  @Test
  void aWrongPasswordIsSaidAndTheRightOneIsDecryptedAndTaken() throws Exception {
    Path passwords = folder.resolve("passwords");
    Mosquitto.run(
        Mosquitto.program("mosquitto_passwd"), "-c", "-b", passwords.toString(), "u", "right");
    try (Mosquitto broker =
        new Mosquitto(folder, "allow_anonymous false", "password_file " + passwords)) {
      Map<String, Object> wrong = Map.of("username", "u", "password", "encrypted:wrong");
      says("check username and password", failure(Transports.to(broker.port, wrong)));
      for (int version : List.of(4, 5)) {
        assertTrue(isRefusal(Transports.to(broker.port, withVersion(wrong, version))));
      }
      MqttDataTransport right =
          Transports.to(broker.port, Map.of("username", "u", "password", "encrypted:right"));
      right.connect();
      assertTrue(right.isConnected());
      right.stop();
    }
  }

  private static Map<String, Object> withVersion(Map<String, Object> options, int version) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("protocol-version", version);
    return all;
  }

  /** Without it the data service would have the gateway started again for a wrong password. */
  private static boolean isRefusal(MqttDataTransport transport) {
    Throwable failure = assertThrows(KuraConnectException.class, transport::connect);
    transport.stop();
    while (failure != null && !(failure instanceof FailedLoginException)) {
      failure = failure.getCause();
    }
    return failure != null;
  }

  @Test
  void aBrokerThatDoesNotAnswerIsATimeOutAndStoppingMeanwhileTakesLessThanTwoSeconds()
      throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      says(
          "did not answer in time",
          failure(Transports.to(mute.getLocalPort(), Map.of("timeout", 1))));
      MqttDataTransport waiting = Transports.to(mute.getLocalPort(), Map.of("timeout", 60));
      CompletableFuture<Void> attempt =
          CompletableFuture.runAsync(
              () -> assertThrows(KuraConnectException.class, waiting::connect));
      mute.accept();
      mute.accept();
      long before = System.nanoTime();
      waiting.stop();
      attempt.get(10, TimeUnit.SECONDS);
      assertTrue(System.nanoTime() - before < 2_000_000_000L);
    }
  }

  @Test
  void certificatesAreToldApart() throws Exception {
    assertEquals("", tlsFailure("san=ip:127.0.0.1", "", 10, true));
    says("issuer", tlsFailure("san=ip:127.0.0.1", "", 10, false));
    says("another host name", tlsFailure("san=dns:elsewhere", "", 10, true));
    says("has expired", tlsFailure("san=ip:127.0.0.1", "-30d", 10, true));
    says("not yet valid", tlsFailure("san=ip:127.0.0.1", "+30d", 10, true));
  }

  /** Without it a broker that asks for a certificate would be out of reach, or not say so. */
  @Test
  void aBrokerThatAsksForACertificateGetsOneAndRefusesWithout() throws Exception {
    Path store = folder.resolve("mutual.p12");
    keytool(store, "-alias", "ca", "-dname", "CN=ca", "-ext", "bc=ca:true", "-validity", "99");
    for (String name : List.of("b", "client")) {
      keytool(
          store,
          "-alias",
          name,
          "-dname",
          "CN=" + name,
          "-signer",
          "ca",
          "-ext",
          "san=ip:127.0.0.1",
          "-validity",
          "10",
          "-startdate",
          "-1d");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    String base = folder.resolve("mutual").toString();
    pem(base + ".ca", "CERTIFICATE", keys.getCertificate("ca").getEncoded());
    pem(base + ".crt", "CERTIFICATE", keys.getCertificate("b").getEncoded());
    pem(base + ".key", "PRIVATE KEY", keys.getKey("b", "changeit".toCharArray()).getEncoded());
    try (Mosquitto broker =
        new Mosquitto(
            folder,
            "allow_anonymous true",
            "require_certificate true",
            "cafile " + base + ".ca",
            "certfile " + base + ".crt",
            "keyfile " + base + ".key")) {
      Map<String, Object> url = Map.of("broker-url", "mqtts://127.0.0.1:" + broker.port);
      MqttDataTransport without = Transports.to(broker.port, url);
      without.setSslManagerService(trusting(keys));
      assertFalse(failure(without).isBlank());
      MqttDataTransport with = Transports.to(broker.port, url);
      with.setSslManagerService(presenting(keys));
      with.connect();
      assertTrue(with.isConnected());
      with.stop();
    }
  }

  private static SslManagerService presenting(KeyStore keys) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setCertificateEntry("ca", keys.getCertificate("ca"));
    own.setKeyEntry(
        "client",
        keys.getKey("client", "changeit".toCharArray()),
        "changeit".toCharArray(),
        keys.getCertificateChain("client"));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, "changeit".toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(own);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    SSLSocketFactory factory = context.getSocketFactory();
    return (SslManagerService)
        java.lang.reflect.Proxy.newProxyInstance(
            SslManagerService.class.getClassLoader(),
            new Class<?>[] {SslManagerService.class},
            (proxy, method, arguments) -> factory);
  }

  @Test
  void tlsToAPlainPortIsSaid() throws Exception {
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true")) {
      String failure =
          failure(
              Transports.to(broker.port, Map.of("broker-url", "mqtts://127.0.0.1:" + broker.port)));
      says("TLS", failure);
    }
  }

  /** What connecting to a mosquitto with such a certificate says; empty when it works. */
  private String tlsFailure(String san, String from, int days, boolean trusted) throws Exception {
    Path store = folder.resolve("k" + System.nanoTime() + ".p12");
    keytool(store, "-alias", "ca", "-dname", "CN=ca", "-ext", "bc=ca:true", "-validity", "99");
    String start = from.isEmpty() ? "-1d" : from;
    keytool(
        store,
        "-alias",
        "b",
        "-dname",
        "CN=b",
        "-signer",
        "ca",
        "-ext",
        san,
        "-validity",
        "" + days,
        "-startdate",
        start);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    String base = folder.resolve("tls" + System.nanoTime()).toString();
    pem(base + ".crt", "CERTIFICATE", keys.getCertificate("b").getEncoded());
    pem(base + ".key", "PRIVATE KEY", keys.getKey("b", "changeit".toCharArray()).getEncoded());
    try (Mosquitto broker =
        new Mosquitto(
            folder,
            "allow_anonymous true",
            "certfile " + base + ".crt",
            "keyfile " + base + ".key")) {
      MqttDataTransport transport =
          Transports.to(broker.port, Map.of("broker-url", "mqtts://127.0.0.1:" + broker.port));
      if (trusted) {
        transport.setSslManagerService(trusting(keys));
      }
      try {
        transport.connect();
        return "";
      } catch (KuraConnectException e) {
        return e.getMessage();
      } finally {
        transport.stop();
      }
    }
  }

  private static void keytool(Path store, String... more) throws Exception {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(program, "-genkeypair", "-keyalg", "EC"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", "changeit"));
    command.addAll(List.of(more));
    Mosquitto.run(command.toArray(String[]::new));
  }

  private static void pem(String file, String kind, byte[] der) throws IOException {
    Files.writeString(
        Path.of(file),
        "-----BEGIN "
            + kind
            + "-----\n"
            + java.util.Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + kind
            + "-----\n");
  }

  private static SslManagerService trusting(KeyStore keys) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    SSLSocketFactory factory = context.getSocketFactory();
    return (SslManagerService)
        java.lang.reflect.Proxy.newProxyInstance(
            SslManagerService.class.getClassLoader(),
            new Class<?>[] {SslManagerService.class},
            (proxy, method, arguments) -> factory);
  }

  @Test
  void aWrongConfigurationNamesTheKeyTheValueAndWhatIsAllowed() {
    for (String url : List.of("http://x:1", "broker", "mqtt://", "mqtt://u:secret@x:1")) {
      String failure = failure(Transports.to(1, Map.of("broker-url", url)));
      says("broker-url must be", failure);
      assertFalse(failure.contains("secret"), failure);
    }
    says("1 to 65535", failure(Transports.to(1, Map.of("broker-url", "mqtt://x:70000"))));
    says("lwt.qos", failure(Transports.to(1, Map.of("lwt.qos", 3))));
    says("lwt.topic", failure(Transports.to(1, Map.of("lwt.topic", "a/+"))));
    says("keep-alive", failure(Transports.to(1, Map.of("keep-alive", -1))));
    says("protocol-version", failure(Transports.to(1, Map.of("protocol-version", 6))));
  }
}
