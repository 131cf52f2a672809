package org.penstock.driver.modbus.link;

import java.io.IOException;
import javax.net.ssl.SSLEngine;
import org.penstock.driver.modbus.codec.Framing;
import org.penstock.driver.modbus.codec.TcpFraming;

/** Links over networks. */
public final class NetworkLinks {

  private NetworkLinks() {}

  /** A link over TCP; with another framing than Modbus TCP's, to a terminal server. */
  public static Link tcp(
      NetworkLoop loop, String host, int port, Framing framing, LinkOptions options) {
    return new NetworkLink(loop, host, port, TcpWire::new, framing, options);
  }

  /** A link over UDP. */
  public static Link udp(NetworkLoop loop, String host, int port, LinkOptions options) {
    return new NetworkLink(loop, host, port, UdpWire::new, new TcpFraming(), options);
  }

  /**
   * A link over TCP with TLS.
   *
   * @param engines one for each connection; fails with an {@link IOException} without keys
   */
  public static Link tls(
      NetworkLoop loop, String host, int port, Engines engines, LinkOptions options) {
    return new NetworkLink(
        loop, host, port, () -> new TlsWire(engines.next()), new TcpFraming(), options);
  }

  /** Makes TLS engines. */
  @FunctionalInterface
  public interface Engines {

    /** An engine in client mode. */
    SSLEngine next() throws IOException;
  }
}
