package org.penstock.demo.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Free TCP ports on loopback. */
public final class FreePort {

  private static final long STEP_MS = 20;

  private FreePort() {}

  /** A port that nobody listens on now. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Nobody listens on the port, on any address, and this user may. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits until somebody accepts connections on the port; false after the limit. */
  public static boolean awaitListener(int port, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!isOpen(port)) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(STEP_MS);
    }
    return true;
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
