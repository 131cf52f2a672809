package org.penstock.driver.zigbee.link;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A coordinator behind a plain TCP connection: ser2net in raw mode, or one with a network plug. */
final class TcpStickLine implements StickLine {

  private final Socket socket;
  private final OutputStream out;
  private final String name;

  TcpStickLine(String host, int port, int timeoutMs) throws IOException {
    name = "tcp://" + host + ':' + port;
    socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(host, port), timeoutMs);
      out = socket.getOutputStream();
    } catch (IOException nobody) {
      close();
      throw new IOException(name + " can't be reached: " + nobody.getMessage(), nobody);
    }
  }

  @Override
  public int read(byte[] into) throws IOException {
    int count = socket.getInputStream().read(into);
    if (count < 0) {
      throw new IOException(name + " has closed the connection");
    }
    return count;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closed) {
      throw new java.io.UncheckedIOException(closed);
    }
  }
}
