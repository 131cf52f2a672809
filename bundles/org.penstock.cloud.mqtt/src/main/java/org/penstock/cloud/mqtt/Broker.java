package org.penstock.cloud.mqtt;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whom to talk to, and as whom.
 *
 * @param uri in Paho's form, tcp or ws: TLS is made by our own sockets
 * @param secure with TLS
 * @param shown as configured, without a password
 * @param account takes the place of {@code #account-name}
 * @param clientId takes the place of {@code #client-id}
 * @param topics templates already filled in
 */
record Broker(
    String uri,
    boolean secure,
    String shown,
    String account,
    String clientId,
    Map<String, String> topics) {

  /** Scheme of Paho, TLS or not, usual port. */
  private record Scheme(String paho, boolean secure, int port) {}

  private static final Map<String, Scheme> SCHEMES =
      Map.of(
          "mqtt", new Scheme("tcp", false, 1883),
          "tcp", new Scheme("tcp", false, 1883),
          "mqtts", new Scheme("tcp", true, 8883),
          "ssl", new Scheme("tcp", true, 8883),
          "ws", new Scheme("ws", false, 80),
          "wss", new Scheme("ws", true, 443));
  private static final int MOST_TOPICS = 10_000;
  private static final int MOST_PORT = 65_535;

  /**
   * Reads the configuration.
   *
   * @throws IllegalArgumentException names key, given value and what is allowed
   */
  static Broker of(String url, String account, String clientId) {
    String given = url == null ? "" : url.trim();
    String cut = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    URI parsed = parsed(cut);
    Scheme scheme = parsed.getScheme() == null ? null : SCHEMES.get(parsed.getScheme());
    if (scheme == null || parsed.getHost() == null || parsed.getUserInfo() != null) {
      throw wrong(given);
    }
    if (parsed.getPort() == 0 || parsed.getPort() > MOST_PORT) {
      throw new IllegalArgumentException(
          "broker-url: the port must be 1 to 65535, given: " + given);
    }
    String id = clientId == null || clientId.isBlank() ? hardwareAddress() : clientId.trim();
    int port = parsed.getPort() < 0 ? scheme.port() : parsed.getPort();
    String path = parsed.getRawPath() == null ? "" : parsed.getRawPath();
    return new Broker(
        scheme.paho() + "://" + parsed.getHost() + ":" + port + path,
        scheme.secure(),
        given,
        account == null ? "" : account,
        id.replaceAll("[/+#.]", "-"),
        new ConcurrentHashMap<>());
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw wrong(url);
    }
  }

  private static IllegalArgumentException wrong(String url) {
    String shown = url.replaceAll("//.*@", "//***@");
    return new IllegalArgumentException(
        "broker-url must be mqtt://host:port, mqtts://host:port, ws://host:port/path or"
            + " wss://host:port/path, user and password in keys of their own; given: "
            + shown);
  }

  /** Replaces {@code #account-name} and {@code #client-id}. */
  String topic(String template) {
    String known = topics.get(template);
    if (known != null) {
      return known;
    }
    String topic = template.replace("#account-name", account).replace("#client-id", clientId);
    if (topics.size() < MOST_TOPICS) {
      topics.put(template, topic);
    }
    return topic;
  }

  private static String hardwareAddress() {
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] address = card.getHardwareAddress();
        if (address != null && !card.isLoopback() && !card.isVirtual()) {
          return HexFormat.ofDelimiter(":").withUpperCase().formatHex(address);
        }
      }
    } catch (SocketException e) {
      throw new IllegalArgumentException(
          "client-id is empty and no network interface has an address; give a client-id", e);
    }
    throw new IllegalArgumentException(
        "client-id is empty and no network interface has an address; give a client-id");
  }
}
