package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.kura.ssl.SslManagerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cloud that serves many names and protocols on one port is told both. Without it such a cloud
 * would show another's certificate, or take MQTT for something else.
 */
@Timeout(150)
class NamesTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void serverNameAndProtocolAreTold() throws Exception {
    KeyStore keys = keys();
    try (Mosquitto broker = new Mosquitto(folder, "allow_anonymous true");
        SSLServerSocket door =
            (SSLServerSocket)
                context(keys)
                    .getServerSocketFactory()
                    .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      thread(() -> serve(door, broker.port));
      MqttDataTransport transport =
          Transports.to(
              1,
              Map.of(
                  "broker-url",
                  "mqtts://127.0.0.1:" + door.getLocalPort(),
                  "tls.server.name",
                  "cloud.example",
                  "tls.alpn",
                  "other, mqtt"));
      transport.setSslManagerService(trusting(context(keys)));
      transport.connect();
      assertTrue(transport.isConnected());
      assertEquals(List.of("cloud.example", "mqtt"), told);
      transport.stop();
    }
  }

  private KeyStore keys() throws Exception {
    Path store = folder.resolve("names.p12");
    Mosquitto.run(
        "keytool",
        "-genkeypair",
        "-keyalg",
        "EC",
        "-storetype",
        "PKCS12",
        "-storepass",
        "changeit",
        "-keystore",
        store.toString(),
        "-alias",
        "b",
        "-dname",
        "CN=b",
        "-ext",
        "san=dns:cloud.example");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    keys.setCertificateEntry("trusted", keys.getCertificate("b"));
    return keys;
  }

  private static SSLContext context(KeyStore keys) throws Exception {
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private static SslManagerService trusting(SSLContext context) {
    return (SslManagerService)
        Proxy.newProxyInstance(
            SslManagerService.class.getClassLoader(),
            new Class<?>[] {SslManagerService.class},
            (proxy, method, arguments) -> context.getSocketFactory());
  }

  private interface Task {
    void run() throws IOException;
  }

  private void thread(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                told.add("ended: " + e);
              }
            },
            "test/names");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(SSLServerSocket door, int broker) throws IOException {
    SSLSocket client = (SSLSocket) door.accept();
    SSLParameters parameters = client.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"mqtt"});
    client.setSSLParameters(parameters);
    client.startHandshake();
    ExtendedSSLSession session = (ExtendedSSLSession) client.getSession();
    session.getRequestedServerNames().forEach(n -> told.add(((SNIHostName) n).getAsciiName()));
    told.add(client.getApplicationProtocol());
    Socket onward = new Socket(InetAddress.getLoopbackAddress(), broker);
    thread(() -> client.getInputStream().transferTo(onward.getOutputStream()));
    onward.getInputStream().transferTo(client.getOutputStream());
  }
}
