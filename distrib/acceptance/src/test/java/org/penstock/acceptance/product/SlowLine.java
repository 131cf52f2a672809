package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A line to a port on loopback that can be made slow. */
public final class SlowLine implements AutoCloseable {

  private static final int PIECE = 100;

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile int bytesPerSecond;

  /** Listens on a free port; fast at first. */
  public SlowLine(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** So fast from now on; 0: as fast as it can be. */
  public void limit(int bytes) {
    bytesPerSecond = bytes;
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void thread(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt(); // closed
              }
            },
            "test/slow-line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket here = server.accept();
      Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(here);
      open.add(there);
      thread(() -> pass(here, there));
      thread(() -> pass(there, here));
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    byte[] piece = new byte[PIECE];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        out.write(piece, 0, n);
        int limit = bytesPerSecond;
        if (limit > 0) {
          LockSupport.parkNanos(1_000_000_000L * n / limit);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
