package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;

/** A plain TCP connection. */
final class TcpWire implements Wire {

  private final SocketChannel channel;

  TcpWire() throws IOException {
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public boolean connect(SocketAddress address) throws IOException {
    return channel.connect(address);
  }

  @Override
  public boolean finish() throws IOException {
    return channel.isConnected() || channel.finishConnect();
  }

  @Override
  public boolean wantsToSend() {
    return false;
  }

  @Override
  public boolean packets() {
    return false;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    channel.write(from);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
