package org.penstock.core.system.position;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Reads gpsd's reports on a thread of its own, and tries again when gpsd goes. */
final class GpsdLink implements AutoCloseable {

  private static final String WATCH = "?WATCH={\"enable\":true,\"json\":true,\"nmea\":true}\n";
  private static final int CONNECT_MS = 2_000;

  /** gpsd reports each second; a silence means that it hangs. */
  private static final int SILENCE_MS = 30_000;

  private final InetSocketAddress address;
  private final Duration retry;
  private final Listener listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<Socket> socket = new AtomicReference<>();
  private final Thread thread;

  /** What the link reports, in its own thread. */
  interface Listener {
    /** A new fix, or the loss of it. */
    void fix(Fix fix);

    /** A sentence of the receiver as it is. */
    void sentence(String nmea);

    /** The link came (empty) or went, with the reason. */
    void link(String trouble);
  }

  GpsdLink(String host, int port, Duration retry, Listener listener) {
    this.address = InetSocketAddress.createUnresolved(host, port);
    this.retry = retry;
    this.listener = listener;
    this.thread = new Thread(this::run, "core/position/gpsd");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      do {
        read();
      } while (!closed.await(retry.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() {
    try (Socket connection = new Socket()) {
      socket.set(connection);
      connection.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MS);
      connection.setSoTimeout(SILENCE_MS);
      connection.getOutputStream().write(WATCH.getBytes(StandardCharsets.US_ASCII));
      listener.link("");
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      Fix fix = Fix.NONE;
      String line = in.readLine();
      while (line != null && closed.getCount() > 0) {
        fix = read(line, fix);
        line = in.readLine();
      }
      throw new IOException("it ended the connection");
    } catch (IOException e) {
      if (closed.getCount() > 0) {
        listener.fix(Fix.NONE);
        listener.link("gpsd at " + address.getHostString() + ":" + address.getPort() + ": " + e);
      }
    }
  }

  private Fix read(String line, Fix before) {
    if (line.startsWith("$")) {
      listener.sentence(line);
      return before;
    }
    try {
      JsonObject message = JsonParser.parseString(line).getAsJsonObject();
      String kind = message.has("class") ? message.get("class").getAsString() : "";
      if (kind.equals("TPV")) {
        Fix fix = before.located(message);
        listener.fix(fix);
        return fix;
      }
      return kind.equals("SKY") ? before.seen(message) : before;
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      return before; // not a report
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Socket open = socket.get();
    try {
      if (open != null) {
        open.close();
      }
      thread.join(1_000);
    } catch (IOException e) {
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
