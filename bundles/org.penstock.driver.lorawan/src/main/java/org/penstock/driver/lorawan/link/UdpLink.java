package org.penstock.driver.lorawan.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.LongAdder;

/** Datagrams in, datagrams out, by one thread of its own; no meaning. */
public final class UdpLink implements AutoCloseable {

  /** Bytes asked for datagrams that wait to be read. */
  public static final int RECEIVE_BUFFER = 4 << 20;

  private static final int LARGEST = 65_536;

  private final DatagramChannel channel;
  private final int receiveBuffer;
  private final Receiver receiver;
  private final Thread thread;
  private final LongAdder failedSends = new LongAdder();

  /** Hears of each datagram in the link's thread, and must return at once. */
  @FunctionalInterface
  public interface Receiver {
    /** One datagram, and when it came by {@link System#nanoTime}. */
    void datagram(SocketAddress from, byte[] bytes, long nanos);
  }

  /**
   * Binds the port and begins to receive.
   *
   * @param name of the thread
   * @throws IOException when the port can't be had
   */
  public UdpLink(String name, InetSocketAddress local, Receiver receiver) throws IOException {
    this.receiver = receiver;
    this.channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
      channel.bind(local);
    } catch (IOException | RuntimeException e) { // foreign code: an unresolved address is unchecked
      channel.close();
      throw new IOException(local + " can't be bound: " + e.getMessage(), e);
    }
    this.thread = new Thread(this::receive, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** The port that was really bound. */
  public int port() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Bytes that the kernel gives to datagrams that wait; it may be less than {@link #RECEIVE_BUFFER}. */
  public int receiveBuffer() {
    return receiveBuffer;
  }

  private void receive() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        SocketAddress from = channel.receive(buffer);
        long nanos = System.nanoTime();
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        receiver.datagram(from, bytes, nanos);
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException unreachable) {
        failedSends.increment(); // an ICMP answer to something sent before
      }
    }
  }

  /** Sends one datagram; what can't be sent is counted, as it could be lost as well. */
  public void send(SocketAddress to, byte[] bytes) {
    try {
      channel.send(ByteBuffer.wrap(bytes), to);
    } catch (IOException lost) {
      failedSends.increment();
    }
  }

  /** Datagrams that could not be sent. */
  public long failedSends() {
    return failedSends.sum();
  }

  @Override
  public void close() {
    try {
      channel.close();
      thread.join(1_000);
    } catch (IOException e) {
      failedSends.increment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
