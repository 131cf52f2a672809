package org.penstock.acceptance.rest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.penstock.acceptance.product.Gateway;

/** One address that sends whatever bytes it is given as requests, over one connection if it can. */
final class FuzzClient implements AutoCloseable {

  /** An answer; status 0 when the server closed the connection without one. */
  record Answer(int status, String body) {}

  private static final Answer NONE = new Answer(0, "");

  private final Gateway gateway;
  private final int address;
  private final SSLContext tls;
  private SSLSocket socket;
  private InputStream in;

  FuzzClient(Gateway gateway, int address) {
    this.gateway = gateway;
    this.address = address;
    tls = gateway.tls(); // kept: sessions of TLS are resumed
  }

  /** Sends a request and reads the whole answer; a time-out is an error. */
  Answer send(byte[] request) throws IOException {
    boolean fresh = socket == null;
    if (fresh) {
      socket = RawClient.connect(gateway, address, tls);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      String first = line();
      if (first != null) {
        return rest(first);
      }
      close();
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      close();
    }
    return fresh ? NONE : send(request); // it was closed since the last answer
  }

  private Answer rest(String first) throws IOException {
    int status = Integer.parseInt(first.split(" ")[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(); header != null && !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    byte[] body = new byte[0];
    if (headers.containsKey("content-length")) {
      body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
    } else if ("chunked".equals(headers.get("transfer-encoding"))) {
      throw new IOException("chunks are not expected");
    }
    if ("close".equals(headers.get("connection"))) {
      close();
    }
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
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
    if (socket != null) {
      SSLSocket last = socket;
      socket = null;
      last.close();
    }
  }
}
