package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Accepts Modbus TCP clients that are allowed, up to a number. When there are as many, the one that
 * has been silent longest gives way to a new one: it may have lost its power without a word. All in
 * the loop's thread.
 */
public final class ServerListener implements NetworkLoop.Endpoint {

  private static final Duration SILENT = Duration.ofSeconds(60);

  private final NetworkLoop loop;
  private final ServerSocketChannel channel;
  private final Predicate<InetAddress> allowed;
  private final int most;
  private final ServerHandler handler;
  private final long silentNanos;
  private final Set<ServerClient> clients = ConcurrentHashMap.newKeySet();
  private final LongAdder refused = new LongAdder();
  private final LongAdder requests = new LongAdder();

  /**
   * Listens from now on.
   *
   * @param most clients at a time
   * @throws IOException when the port cannot be had; the message names it
   */
  public ServerListener(
      NetworkLoop loop,
      InetSocketAddress address,
      Predicate<InetAddress> allowed,
      int most,
      ServerHandler handler)
      throws IOException {
    this(loop, address, allowed, most, handler, SILENT);
  }

  /** For tests: a client that has been silent for so long may give way. */
  ServerListener(
      NetworkLoop loop,
      InetSocketAddress address,
      Predicate<InetAddress> allowed,
      int most,
      ServerHandler handler,
      Duration silent)
      throws IOException {
    this.loop = loop;
    this.silentNanos = silent.toNanos();
    this.allowed = allowed;
    this.most = most;
    this.handler = handler;
    this.channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(address);
    } catch (IOException taken) {
      channel.close();
      throw new IOException(
          "cannot listen on " + address + ": " + taken.getMessage() + "; choose another port",
          taken);
    }
    loop.add(this);
    loop.executeAndWait(this::register);
  }

  private void register() {
    try {
      channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    } catch (IOException closed) {
      loop.remove(this);
    }
  }

  /** The port on which it listens. */
  public int port() {
    return channel.socket().getLocalPort();
  }

  /** Clients now. */
  public int clients() {
    return clients.size();
  }

  /** Connections that were not allowed, or too many. */
  public long refused() {
    return refused.sum();
  }

  /** Requests since the beginning. */
  public long requests() {
    return requests.sum();
  }

  @Override
  public void ready(SelectionKey key, long now) {
    try {
      for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
        InetAddress from = ((InetSocketAddress) next.getRemoteAddress()).getAddress();
        if (allowed.test(from) && hasRoom(now)) {
          admit(next);
        } else {
          refused.increment();
          next.close();
        }
      }
    } catch (IOException gone) {
      refused.increment();
    }
  }

  private boolean hasRoom(long now) {
    if (clients.size() >= most) {
      clients.stream()
          .max(Comparator.comparingLong(client -> client.silentSince(now)))
          .filter(client -> client.silentSince(now) >= silentNanos)
          .ifPresent(client -> client.abort("gives way"));
    }
    return clients.size() < most;
  }

  private void admit(SocketChannel next) throws IOException {
    try {
      clients.add(new ServerClient(loop, next, handler, requests, clients::remove));
    } catch (IOException gone) {
      next.close();
      throw gone;
    }
  }

  @Override
  public void timer(long now) {
    // asks for none
  }

  @Override
  public void abort(String reason) {
    clients.forEach(client -> client.abort(reason));
  }

  /** Ends it and all its clients. */
  public void close() {
    loop.executeAndWait(
        () -> {
          loop.remove(this);
          abort("closed");
        });
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      refused.increment();
    }
  }
}
