package org.penstock.acceptance.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.penstock.acceptance.product.Gateway;

/** Bytes over TLS, from an address of one's choice: what a decent HTTP client would not send. */
final class RawClient {

  private static final int LIMIT_MS = 60_000;

  private RawClient() {}

  /** A connection from loopback's address with this last number; TLS begins with the first write. */
  static SSLSocket connect(Gateway gateway, int from) throws IOException {
    return connect(gateway, from, gateway.tls());
  }

  static SSLSocket connect(Gateway gateway, int from, SSLContext tls) throws IOException {
    Socket plain = new Socket();
    plain.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) from}), 0));
    plain.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()), LIMIT_MS);
    plain.setSoTimeout(LIMIT_MS);
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", gateway.port(), true);
    socket.setSoTimeout(LIMIT_MS);
    return socket;
  }

  /** Sends the bytes and gives the first line of the answer; empty when there is none. */
  static String statusOf(Gateway gateway, String request) throws IOException {
    try (SSLSocket socket = connect(gateway, 1)) {
      return exchange(socket, request);
    }
  }

  private static String exchange(SSLSocket socket, String request) throws IOException {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (java.net.SocketException e) {
      return ""; // it had enough of the request before its end, and closed
    }
    BufferedReader answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    String line = answer.readLine();
    return line == null ? "" : line;
  }
}
