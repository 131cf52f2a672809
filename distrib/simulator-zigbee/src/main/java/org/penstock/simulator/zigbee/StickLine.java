package org.penstock.simulator.zigbee;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The stick's line as a TCP port on loopback, one host at a time; a new host takes the place of the old one. By socat it
 * becomes a pseudo terminal.
 */
final class StickLine implements AutoCloseable {

  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 30_000;
  private static final int CLOSE_MILLIS = 2000;

  private final Runnable connected;
  private final Consumer<byte[]> received;
  private int port;
  private ServerSocket server;
  private Socket host;
  private Thread acceptor;

  StickLine(int port, Runnable connected, Consumer<byte[]> received) {
    this.port = port;
    this.connected = connected;
    this.received = received;
  }

  /** Opens the port; the same as before when it was open once. */
  synchronized void open() {
    if (server != null) {
      return;
    }
    try {
      ServerSocket s = port == 0 ? onFreePort() : bound(port);
      port = s.getLocalPort();
      server = s;
      acceptor = daemon("simulator/zigbee/accept/" + port, () -> accept(s));
      acceptor.start();
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " of the simulated stick", e);
    }
  }

  /** Below the ports that systems give to outgoing connections, so that nobody takes it while the stick is unplugged. */
  private static ServerSocket onFreePort() throws IOException {
    BindException last = null;
    for (int i = 0; i < 100; i++) {
      try {
        return bound(ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT));
      } catch (BindException e) {
        last = e;
      }
    }
    throw last;
  }

  private static ServerSocket bound(int port) throws IOException {
    ServerSocket s = new ServerSocket();
    try {
      s.setReuseAddress(true);
      s.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return s;
    } catch (IOException e) {
      s.close();
      throw e;
    }
  }

  synchronized int port() {
    return port;
  }

  synchronized boolean hasHost() {
    return host != null;
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        socket.setTcpNoDelay(true);
        replace(socket);
        daemon("simulator/zigbee/read/" + port(), () -> read(socket)).start();
      } catch (IOException e) {
        if (!from.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private synchronized void replace(Socket socket) {
    quietly(host);
    host = server == null ? null : socket;
    if (host == null) {
      quietly(socket);
    } else {
      connected.run();
    }
  }

  private void read(Socket socket) {
    byte[] buffer = new byte[4096];
    try (InputStream in = socket.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received.accept(Arrays.copyOf(buffer, n));
      }
    } catch (IOException e) {
      quietly(socket); // the host has gone, as it may
    }
    gone(socket);
  }

  private synchronized void gone(Socket socket) {
    quietly(socket);
    if (host == socket) {
      host = null;
    }
  }

  /** Octets for the host; nobody there, nothing happens. */
  void write(byte... octets) {
    Socket to;
    synchronized (this) {
      to = host;
    }
    if (to != null) {
      try {
        to.getOutputStream().write(octets);
      } catch (IOException e) {
        gone(to);
      }
    }
  }

  /** Closes the connection and the port; both are free when this returns. */
  @Override
  public void close() {
    Thread last;
    synchronized (this) {
      quietly(host);
      quietly(server);
      last = acceptor;
      host = null;
      server = null;
      acceptor = null;
    }
    if (last != null) {
      try {
        last.join(CLOSE_MILLIS); // the port is listened to until the thread has left accept
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void quietly(AutoCloseable closeable) {
    if (closeable != null) {
      try {
        closeable.close();
      } catch (Exception e) { // foreign code
        Thread.yield(); // it is of no use any more either way
      }
    }
  }

  private static Thread daemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
