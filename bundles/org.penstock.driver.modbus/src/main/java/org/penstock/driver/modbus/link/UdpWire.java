package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;

/** Datagrams to and from one address. */
final class UdpWire implements Wire {

  private final DatagramChannel channel;

  UdpWire() throws IOException {
    channel = DatagramChannel.open();
    channel.configureBlocking(false);
  }

  @Override
  public SelectableChannel channel() {
    return channel;
  }

  @Override
  public boolean connect(SocketAddress address) throws IOException {
    channel.connect(address);
    return true;
  }

  @Override
  public boolean finish() {
    return true;
  }

  @Override
  public boolean wantsToSend() {
    return false;
  }

  @Override
  public boolean packets() {
    return true;
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
