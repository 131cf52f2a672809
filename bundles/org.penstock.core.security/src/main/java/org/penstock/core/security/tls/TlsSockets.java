package org.penstock.core.security.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Sockets with versions, cipher suites and the check of the host name set. */
final class TlsSockets extends SSLSocketFactory {

  private final SSLSocketFactory maker;
  private final Rules rules;

  /**
   * What each socket gets.
   *
   * @param protocols versions of TLS
   * @param suites empty: Java's default
   * @param hostname the peer's name is checked
   */
  record Rules(String[] protocols, String[] suites, boolean hostname) {

    void set(SSLSocket socket) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(protocols);
      if (suites.length > 0) {
        parameters.setCipherSuites(suites);
      }
      if (hostname) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      socket.setSSLParameters(parameters);
    }
  }

  TlsSockets(SSLSocketFactory maker, Rules rules) {
    this.maker = maker;
    this.rules = rules;
  }

  private Socket ruled(Socket socket) {
    rules.set((SSLSocket) socket);
    return socket;
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return rules.suites().length > 0 ? rules.suites().clone() : maker.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return maker.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket() throws IOException {
    return ruled(maker.createSocket());
  }

  @Override
  public Socket createSocket(Socket below, String host, int port, boolean autoClose)
      throws IOException {
    return ruled(maker.createSocket(below, host, port, autoClose));
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return ruled(maker.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return ruled(maker.createSocket(host, port, local, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return ruled(maker.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return ruled(maker.createSocket(host, port, local, localPort));
  }
}
