package org.penstock.acceptance.product;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback that serves files well or badly, and knows ranges. */
public final class FileServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Starts it on a free port. */
  public FileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(pool);
    server.createContext("/", this::serve);
    server.createContext("/half/", this::half);
    server.createContext("/cut/", this::cut);
    server.createContext("/forever/", this::forever);
    server.createContext("/elsewhere/", this::elsewhere);
    server.start();
  }

  /** Puts a file there; gives its address. */
  public String put(String name, byte[] content) {
    files.put(name, content);
    return address("/" + name);
  }

  /** The address of a path. */
  public String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private byte[] content(HttpExchange exchange) {
    return files.get(exchange.getRequestURI().getPath().replaceAll("^.*/", ""));
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] content = content(exchange);
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
    byte[] rest = Arrays.copyOfRange(content, Math.min(from, content.length), content.length);
    exchange.sendResponseHeaders(range == null ? 200 : 206, rest.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(rest);
    }
  }

  /** Promises all and closes in the middle. */
  private void half(HttpExchange exchange) throws IOException {
    byte[] content = content(exchange);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content, 0, content.length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  /** Serves the first half as if it were all. */
  private void cut(HttpExchange exchange) throws IOException {
    byte[] content = content(exchange);
    exchange.sendResponseHeaders(200, content.length / 2);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(content, 0, content.length / 2);
    }
  }

  /** Begins with the file, if there is one, never ends, and says no length. */
  private void forever(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] block = new byte[1 << 16];
    OutputStream out = exchange.getResponseBody();
    byte[] content = content(exchange);
    out.write(content == null ? block : content);
    while (!Thread.currentThread().isInterrupted()) {
      out.write(block);
    }
  }

  private void elsewhere(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Location", "file:///etc/passwd");
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    pool.shutdownNow();
  }
}
