package org.penstock.cloud.mqtt;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A piece of network that can be cut, and that keeps what clients sent. */
final class Relay implements AutoCloseable {

  final int port;
  private final int target;
  private final ServerSocket door;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<ByteArrayOutputStream> sent = new CopyOnWriteArrayList<>();

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
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      sent.add(copy);
      run(() -> pass(here.getInputStream(), there.getOutputStream(), copy));
      run(
          () -> {
            there.getInputStream().transferTo(here.getOutputStream());
            here.close();
          });
    }
  }

  private static void pass(InputStream from, OutputStream to, ByteArrayOutputStream copy)
      throws IOException {
    byte[] buffer = new byte[8192];
    for (int count = from.read(buffer); count > 0; count = from.read(buffer)) {
      copy.write(buffer, 0, count);
      to.write(buffer, 0, count);
    }
  }

  /** All that clients sent, a connection each. */
  List<byte[]> sent() {
    return sent.stream().map(ByteArrayOutputStream::toByteArray).toList();
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
