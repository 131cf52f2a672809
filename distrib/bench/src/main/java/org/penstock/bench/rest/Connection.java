package org.penstock.bench.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One HTTPS connection from a loopback address of one's choice, so that clients differ. */
final class Connection implements AutoCloseable {

  private static final int LIMIT_MS = 30_000;

  private final SSLSocket socket;
  private final InputStream in;
  private final String login;

  /** Connects from 127.0.0.(last). */
  Connection(int port, int last, String password) throws IOException {
    Socket plain = new Socket();
    byte[] address = {127, 0, 0, (byte) last};
    plain.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
    plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MS);
    socket = (SSLSocket) trusting().getSocketFactory().createSocket(plain, "localhost", port, true);
    socket.setSoTimeout(LIMIT_MS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    byte[] pair = ("admin:" + password).getBytes(StandardCharsets.UTF_8);
    login = "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static SSLContext trusting() throws IOException {
    X509TrustManager anyone =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a client only");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {
            // a certificate that the gateway made for itself
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anyone}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private void ask(String path) throws IOException {
    String request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + login + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Gets a page; gives its status. */
  int get(String path) throws IOException {
    ask(path);
    String first = given(line());
    int length = length();
    in.skipNBytes(length);
    return Integer.parseInt(first.split(" ")[1]);
  }

  /** Gets a page whatever its status; gives its body. */
  String body(String path) throws IOException {
    ask(path);
    given(line());
    return new String(in.readNBytes(length()), StandardCharsets.UTF_8);
  }

  private static String given(String line) throws IOException {
    if (line == null) {
      throw new IOException("the connection was closed");
    }
    return line;
  }

  private int length() throws IOException {
    int length = 0;
    for (String header = given(line()); !header.isEmpty(); header = given(line())) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    return length;
  }

  /** Opens a stream and counts its events until the connection is closed. */
  long watch(String path) throws IOException {
    ask(path);
    long events = 0;
    for (String line = line(); line != null; line = line()) {
      events += line.startsWith("event: values") ? 1 : 0;
    }
    return events;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
