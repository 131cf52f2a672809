package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A piece of network that can be cut. */
final class Relay implements AutoCloseable {

  final int port;
  private final int target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Relay(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    port = door.getLocalPort();
    run(this::accept);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void run(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt(); // cut
              }
            },
            "test/relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      Socket here = door.accept();
      Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(here);
      open.add(there);
      run(() -> here.getInputStream().transferTo(there.getOutputStream()));
      run(
          () -> {
            there.getInputStream().transferTo(here.getOutputStream());
            here.close();
          });
    }
  }

  void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
