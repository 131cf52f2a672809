package org.penstock.cloud.mqtt;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;

/**
 * How a broker is reached.
 *
 * @param proxy {@link Proxy#NO_PROXY} for none
 * @param tls null for a connection without TLS
 * @param serverName name for SNI and for the certificate; empty: the broker's host
 * @param alpn application protocols that are offered
 */
record Route(Proxy proxy, SSLSocketFactory tls, String serverName, List<String> alpn) {

  boolean isDirect() {
    return proxy.type() == Proxy.Type.DIRECT;
  }

  Route with(SSLSocketFactory maker) {
    return new Route(proxy, maker, serverName, alpn);
  }

  /**
   * Reads the configuration.
   *
   * @throws IllegalArgumentException names key, given value and what is allowed
   */
  static Route of(MqttTransportConfig config) {
    List<String> alpn =
        Arrays.stream(config.tls_alpn().split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .toList();
    return new Route(proxy(config.proxy_url().strip()), null, config.tls_server_name(), alpn);
  }

  private static Proxy proxy(String url) {
    if (url.isEmpty()) {
      return Proxy.NO_PROXY;
    }
    try {
      URI parsed = new URI(url);
      boolean http = "http".equals(parsed.getScheme());
      if ((http || "socks".equals(parsed.getScheme()))
          && parsed.getHost() != null
          && parsed.getPort() > 0) {
        return new Proxy(
            http ? Proxy.Type.HTTP : Proxy.Type.SOCKS,
            new InetSocketAddress(parsed.getHost(), parsed.getPort()));
      }
      throw wrong(url);
    } catch (URISyntaxException e) {
      throw wrong(url);
    }
  }

  private static IllegalArgumentException wrong(String url) {
    return new IllegalArgumentException(
        "proxy.url must be http://host:port or socks://host:port, given: " + url);
  }
}
