package org.penstock.cloud.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.penstock.api.mqtt.MqttTransport.Will;

/**
 * The configuration, read and checked once.
 *
 * @param brokers the first that answers is used; empty when {@code problem} says why
 * @param route without TLS, which may change at any time
 * @param password empty for none
 * @param problem what is wrong with the configuration; empty when it can be used
 */
record Settings(
    MqttTransportConfig config,
    List<Broker> brokers,
    Route route,
    char[] password,
    String problem) {

  static final int MOST_UNCONFIRMED = 65_535;

  private static final int MAX_INFLIGHT = 20_000;
  private static final int FIVE = 5;

  static Settings of(MqttTransportConfig config, CryptoService crypto) {
    char[] password = new char[0];
    try {
      List<Broker> brokers = new ArrayList<>();
      for (String url : config.broker$_$url().strip().split("[,\\s]+")) {
        brokers.add(Broker.of(url, config.topic_context_account$_$name(), config.client$_$id()));
      }
      if (!config.password().isEmpty()) {
        password = crypto.decryptAes(config.password().toCharArray());
      }
      Settings settings =
          new Settings(config, List.copyOf(brokers), Route.of(config), password, "");
      settings.check();
      return settings;
    } catch (IllegalArgumentException e) {
      return new Settings(config, List.of(), null, password, e.getMessage());
    } catch (KuraException e) {
      return new Settings(
          config,
          List.of(),
          null,
          password,
          "password can't be decrypted with this box's key; give it again");
    }
  }

  /**
   * For a link of a driver.
   *
   * @throws IllegalArgumentException a value is out of its range
   */
  static Settings of(MqttTransportConfig config, Broker broker, char[] password) {
    char[] copy = password == null ? new char[0] : password.clone();
    Settings settings = new Settings(config, List.of(broker), Route.of(config), copy, "");
    settings.check();
    return settings;
  }

  private void check() {
    if (config.protocol$_$version() < 3 || config.protocol$_$version() > FIVE) {
      throw new IllegalArgumentException(
          "protocol-version must be 3, 4 or 5, given: " + config.protocol$_$version());
    }
    within("keep-alive", config.keep$_$alive(), 0, 65_535);
    within("timeout", config.timeout(), 1, 3600);
    within("lwt.qos", config.lwt_qos(), 0, 2);
    options(SocketFactory.getDefault(), null);
    if (config.protocol$_$version() == FIVE) {
      options5(SocketFactory.getDefault(), null);
    }
  }

  boolean isFive() {
    return config.protocol$_$version() == FIVE;
  }

  long timeoutMs() {
    return TimeUnit.SECONDS.toMillis(config.timeout());
  }

  private Will configuredWill() {
    return config.lwt_topic().isBlank()
        ? null
        : new Will(
            config.lwt_topic(),
            config.lwt_payload().getBytes(StandardCharsets.UTF_8),
            config.lwt_qos(),
            config.lwt_retain());
  }

  /**
   * Paho's options, new for each connection.
   *
   * @param given in place of the configured will, and then the session is clean; null for that
   * @throws IllegalArgumentException a value is out of its range
   */
  MqttConnectOptions options(SocketFactory sockets, Will given) {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(Math.min(4, config.protocol$_$version()));
    options.setCleanSession(given != null || config.clean$_$session());
    options.setKeepAliveInterval(config.keep$_$alive());
    options.setConnectionTimeout(config.timeout());
    options.setAutomaticReconnect(false);
    options.setMaxInflight(MAX_INFLIGHT);
    options.setSocketFactory(sockets);
    if (!config.username().isEmpty()) {
      options.setUserName(config.username());
      options.setPassword(password);
    }
    Will will = given == null ? configuredWill() : given;
    if (will != null) {
      try {
        options.setWill(
            brokers.get(0).topic(will.topic()), will.payload(), will.qos(), will.retain());
      } catch (IllegalArgumentException e) {
        throw wrongWill(e);
      }
    }
    return options;
  }

  /** As {@link #options}, for MQTT 5. */
  MqttConnectionOptions options5(SocketFactory sockets, Will given) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    boolean clean = given != null || config.clean$_$session();
    options.setCleanStart(clean);
    options.setSessionExpiryInterval(clean ? 0L : (long) config.mqtt5_session_expiry());
    options.setKeepAliveInterval(config.keep$_$alive());
    options.setConnectionTimeout(config.timeout());
    options.setAutomaticReconnect(false);
    options.setTopicAliasMaximum(config.mqtt5_topic_alias_maximum());
    options.setSocketFactory(sockets);
    options.setUserProperties(userProperties());
    if (!config.username().isEmpty()) {
      options.setUserName(config.username());
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(password));
      options.setPassword(Arrays.copyOf(bytes.array(), bytes.limit()));
    }
    Will will = given == null ? configuredWill() : given;
    if (will != null) {
      MqttMessage message = new MqttMessage(will.payload());
      message.setQos(will.qos());
      message.setRetained(will.retain());
      options.setWill(brokers.get(0).topic(will.topic()), message);
    }
    return options;
  }

  private List<UserProperty> userProperties() {
    List<UserProperty> all = new ArrayList<>();
    for (String pair : config.mqtt5_user_properties().split(",")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        all.add(new UserProperty(pair.substring(0, at).strip(), pair.substring(at + 1).strip()));
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException(
            "mqtt5.user.properties must be key=value, ..., given: " + pair.strip());
      }
    }
    return all;
  }

  /** What goes with each message of MQTT 5. */
  MqttProperties messageProperties() {
    MqttProperties properties = new MqttProperties();
    if (config.mqtt5_message_expiry() > 0) {
      properties.setMessageExpiryInterval((long) config.mqtt5_message_expiry());
    }
    return properties;
  }

  private IllegalArgumentException wrongWill(IllegalArgumentException e) {
    return new IllegalArgumentException(
        "lwt.topic must be a topic without + and #, given: " + config.lwt_topic(), e);
  }

  private static void within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be " + min + " to " + max + ", given: " + value);
    }
  }
}
