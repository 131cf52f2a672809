package org.penstock.cloud.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a broker: through a proxy if there is one, with TLS if that is asked for. For the
 * library it is an ordinary socket, so that it need not know of either.
 */
final class BrokerSocket extends Socket {

  private final Route route;
  private final Socket raw;
  private final AtomicReference<SSLSocket> tls = new AtomicReference<>();

  BrokerSocket(Route route) {
    this.route = route;
    this.raw = new Socket(route.proxy());
  }

  private Socket top() {
    SSLSocket secure = tls.get();
    return secure == null ? raw : secure;
  }

  @Override
  public void connect(SocketAddress address, int timeoutMs) throws IOException {
    InetSocketAddress to = (InetSocketAddress) address;
    if (!route.isDirect()) {
      to = InetSocketAddress.createUnresolved(to.getHostString(), to.getPort());
    } else if (to.isUnresolved()) {
      throw new UnknownHostException(to.getHostString());
    }
    raw.setTcpNoDelay(true); // small messages go at once
    raw.connect(to, timeoutMs);
    if (route.tls() != null) {
      raw.setSoTimeout(timeoutMs);
      tls.set(secure(to));
    }
  }

  private SSLSocket secure(InetSocketAddress to) throws IOException {
    String name = route.serverName().isEmpty() ? to.getHostString() : route.serverName();
    SSLSocket socket = (SSLSocket) route.tls().createSocket(raw, name, to.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!route.alpn().isEmpty()) {
      parameters.setApplicationProtocols(route.alpn().toArray(String[]::new));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return top().getInputStream();
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return top().getOutputStream();
  }

  @Override
  public void setSoTimeout(int timeoutMs) throws SocketException {
    raw.setSoTimeout(timeoutMs);
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    raw.setTcpNoDelay(on);
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected();
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public void shutdownOutput() throws IOException {
    top().shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    // the lower one first: TLS would wait for a peer that has stopped reading
    raw.close();
    super.close();
  }
}
