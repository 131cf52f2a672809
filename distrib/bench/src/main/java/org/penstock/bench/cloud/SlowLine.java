package org.penstock.bench.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** A loopback proxy that delays each byte in each direction, whatever the rate. */
final class SlowLine implements AutoCloseable {

  /** Bytes and when they may go on. */
  private record Piece(byte[] bytes, long due) {}

  private final ServerSocket server;
  private final int target;
  private final long delayNanos;

  SlowLine(int target, long delayMs) throws IOException {
    this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    this.target = target;
    this.delayNanos = delayMs * 1_000_000;
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "bench/line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Socket onward = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        onward.setTcpNoDelay(true);
        pass(client, onward);
        pass(onward, client);
      }
    } catch (IOException e) {
      Thread.currentThread().interrupt(); // closed: the run is over
    }
  }

  private void pass(Socket from, Socket to) {
    BlockingQueue<Piece> line = new LinkedBlockingQueue<>(20_000);
    start(() -> read(from, line));
    start(() -> write(to, line));
  }

  private void read(Socket from, BlockingQueue<Piece> line) {
    byte[] buffer = new byte[65536];
    try (InputStream in = from.getInputStream()) {
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        line.put(new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
      }
      line.put(new Piece(new byte[0], 0));
    } catch (IOException e) {
      line.offer(new Piece(new byte[0], 0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(Socket to, BlockingQueue<Piece> line) {
    try (to;
        OutputStream out = to.getOutputStream()) {
      for (Piece piece = line.take(); piece.bytes().length > 0; piece = line.take()) {
        long wait = piece.due() - System.nanoTime();
        while (wait > 0) {
          LockSupport.parkNanos(wait);
          wait = piece.due() - System.nanoTime();
        }
        out.write(piece.bytes());
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt(); // the other side is gone
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
