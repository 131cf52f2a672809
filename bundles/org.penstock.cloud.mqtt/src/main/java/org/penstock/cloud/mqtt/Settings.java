package org.penstock.cloud.mqtt;

import java.nio.charset.StandardCharsets;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;

/**
 * The configuration, read and checked once.
 *
 * @param broker null when {@code problem} says why
 * @param password empty for none
 * @param problem what is wrong with the configuration; empty when it can be used
 */
record Settings(MqttTransportConfig config, Broker broker, char[] password, String problem) {

  private static final int MAX_INFLIGHT = 20_000;

  static Settings of(MqttTransportConfig config, CryptoService crypto) {
    char[] password = new char[0];
    try {
      Broker broker =
          Broker.of(
              config.broker$_$url(), config.topic_context_account$_$name(), config.client$_$id());
      if (!config.password().isEmpty()) {
        password = crypto.decryptAes(config.password().toCharArray());
      }
      Settings settings = new Settings(config, broker, password, "");
      settings.options();
      return settings;
    } catch (IllegalArgumentException e) {
      return new Settings(config, null, password, e.getMessage());
    } catch (KuraException e) {
      return new Settings(
          config, null, password, "password can't be decrypted with this box's key; give it again");
    }
  }

  /**
   * Paho's options, new for each connection.
   *
   * @throws IllegalArgumentException a value is out of its range
   */
  MqttConnectOptions options() {
    MqttConnectOptions options = new MqttConnectOptions();
    try {
      options.setMqttVersion(config.protocol$_$version());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "protocol-version must be 3 or 4, given: " + config.protocol$_$version(), e);
    }
    within("keep-alive", config.keep$_$alive(), 0, 65_535);
    within("timeout", config.timeout(), 1, 3600);
    options.setCleanSession(config.clean$_$session());
    options.setKeepAliveInterval(config.keep$_$alive());
    options.setConnectionTimeout(config.timeout());
    options.setAutomaticReconnect(false);
    options.setMaxInflight(MAX_INFLIGHT);
    if (!config.username().isEmpty()) {
      options.setUserName(config.username());
      options.setPassword(password);
    }
    if (!config.lwt_topic().isBlank()) {
      will(options);
    }
    return options;
  }

  private void will(MqttConnectOptions options) {
    within("lwt.qos", config.lwt_qos(), 0, 2);
    try {
      options.setWill(
          broker.topic(config.lwt_topic()),
          config.lwt_payload().getBytes(StandardCharsets.UTF_8),
          config.lwt_qos(),
          config.lwt_retain());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "lwt.topic must be a topic without + and #, given: " + config.lwt_topic(), e);
    }
  }

  private static void within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be " + min + " to " + max + ", given: " + value);
    }
  }
}
