package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;

/**
 * Makes a client's sockets and remembers them, so that an attempt that hangs in the network can be
 * ended at once: Paho has no way to do that.
 */
final class Sockets {

  private final AtomicReference<Route> route = new AtomicReference<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean aborted;

  /** The next connections go this way. */
  void use(Route next) {
    route.set(next);
  }

  SocketFactory factory() {
    aborted = false;
    return new Factory(this);
  }

  /** Ends what is open, and lets nothing new begin. */
  void abort() {
    aborted = true;
    open.forEach(Sockets::closeQuietly);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      socket.isClosed(); // what can't be closed has no more use for us
    }
  }

  private Socket make() {
    Socket socket = new BrokerSocket(route.get());
    open.removeIf(Socket::isClosed);
    open.add(socket);
    if (aborted) {
      closeQuietly(socket);
    }
    return socket;
  }

  private static final class Factory extends SocketFactory {
    private final Sockets owner;

    Factory(Sockets owner) {
      this.owner = owner;
    }

    @Override
    public Socket createSocket() {
      return owner.make();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress to) throws IOException {
      Socket socket = owner.make();
      socket.connect(to);
      return socket;
    }
  }
}
