package org.penstock.core.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The gateway's REST API, seen by the command line. */
final class CtlClient {

  /**
   * An answer.
   *
   * @param status HTTP's
   * @param body JSON
   */
  record Answer(int status, String body) {}

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String address;
  private final String authorisation;
  private final HttpClient http;

  /**
   * A client.
   *
   * @param certificate PEM that the gateway must show; empty: the JDK's trust, or anyone on this
   *     very machine
   */
  CtlClient(String address, String user, String password, Optional<Path> certificate)
      throws IOException, GeneralSecurityException {
    this.address = address.replaceAll("/+$", "");
    String pair = user + ":" + password;
    authorisation =
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10));
    String host = URI.create(this.address).getHost();
    if (certificate.isPresent()) {
      builder.sslContext(trusting(certificate.get()));
    } else if ("localhost".equals(host) || "127.0.0.1".equals(host) || "::1".equals(host)) {
      builder.sslContext(trustingThisMachine());
    }
    http = builder.build();
  }

  Answer send(String method, String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer upload(String path, Path file) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Files.readAllBytes(file))));
  }

  /** A stream of lines; lasts until either side ends it. */
  InputStream stream(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Authorization", authorisation)
            .header("Accept", "text/event-stream")
            .build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("the gateway answers " + response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .timeout(LIMIT)
        .header("Authorization", authorisation)
        .header("Accept", "application/json");
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      int number = 0;
      for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("c" + number++, c);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /** Whoever answers on the loopback address is this machine, whatever it calls itself. */
  private static SSLContext trustingThisMachine() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    return context;
  }

  private static final class Anyone extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // there are no clients here
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // loopback
    }

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, java.net.Socket s) {
      // there are no clients here
    }

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, java.net.Socket s) {
      // loopback
    }

    @Override
    public void checkClientTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {
      // there are no clients here
    }

    @Override
    public void checkServerTrusted(X509Certificate[] c, String t, javax.net.ssl.SSLEngine e) {
      // loopback
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
