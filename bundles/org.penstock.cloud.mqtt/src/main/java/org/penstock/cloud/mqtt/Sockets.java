package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes a connection's sockets and remembers them, so that an attempt that hangs in the network can
 * be ended at once: Paho has no way to do that.
 */
final class Sockets {

  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean aborted;

  SocketFactory plain() {
    return new Plain(this);
  }

  SSLSocketFactory tls(SSLSocketFactory maker) {
    return new Tls(this, maker);
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

  private Socket remembered(Socket socket) throws IOException {
    socket.setTcpNoDelay(true); // small messages go at once
    open.removeIf(Socket::isClosed);
    open.add(socket);
    if (aborted) {
      closeQuietly(socket);
    }
    return socket;
  }

  private static final class Plain extends SocketFactory {
    private final Sockets owner;

    Plain(Sockets owner) {
      this.owner = owner;
    }

    @Override
    public Socket createSocket() throws IOException {
      return owner.remembered(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return owner.remembered(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return owner.remembered(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return owner.remembered(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return owner.remembered(new Socket(host, port, local, localPort));
    }
  }

  private static final class Tls extends SSLSocketFactory {
    private final Sockets owner;
    private final SSLSocketFactory maker;

    Tls(Sockets owner, SSLSocketFactory maker) {
      this.owner = owner;
      this.maker = maker;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return maker.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return maker.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
      return owner.remembered(maker.createSocket());
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return owner.remembered(maker.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return owner.remembered(maker.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return owner.remembered(maker.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return owner.remembered(maker.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return owner.remembered(maker.createSocket(host, port, local, localPort));
    }
  }
}
