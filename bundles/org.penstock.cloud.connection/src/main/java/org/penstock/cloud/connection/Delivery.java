package org.penstock.cloud.connection;

import java.util.Map;
import org.penstock.api.outbox.OutboxMessage.Durability;

/**
 * How a message goes out: the properties with which a publisher hands it to its endpoint.
 *
 * @param app application id
 * @param topic what follows the application id
 * @param control under the control prefix
 * @param storing how the outbox treats it
 */
record Delivery(
    String app,
    String topic,
    int qos,
    boolean retain,
    int priority,
    boolean control,
    Storing storing) {

  /**
   * What the outbox is to know of the message's publisher.
   *
   * @param publisher whose message it is; empty for nobody's in particular
   * @param durability record, group or relaxed; empty for what suits the QoS
   * @param newestFirst how the publisher is served after an outage
   */
  record Storing(String publisher, String durability, boolean newestFirst) {

    static final Storing COMMON = new Storing("", "", false);

    Durability forQos(int qos) {
      return switch (durability) {
        case "record" -> Durability.RECORD;
        case "group" -> Durability.GROUP;
        case "relaxed" -> Durability.RELAXED;
        default -> qos > 0 ? Durability.GROUP : Durability.RELAXED;
      };
    }
  }

  static final String APP = "appId";
  static final String TOPIC = "appTopic";
  static final String PLAIN_TOPIC = "topic";
  static final String QOS = "qos";
  static final String RETAIN = "retain";
  static final String PRIORITY = "priority";
  static final String CONTROL = "control";
  static final String PUBLISHER = "publisher.pid";
  static final String DURABILITY = "durability";
  static final String NEWEST_FIRST = "newest.first";

  private static final int DEFAULT_PRIORITY = 7;

  /**
   * Reads properties of a plain MQTT message: only a topic is needed.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static Delivery plain(Map<String, Object> properties) {
    return read(properties, "", text(properties, PLAIN_TOPIC, null));
  }

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static Delivery of(Map<String, Object> properties) {
    return read(properties, text(properties, APP, null), text(properties, TOPIC, ""));
  }

  private static Delivery read(Map<String, Object> properties, String app, String topic) {
    return new Delivery(
        app,
        topic,
        number(properties, QOS, 0, 2),
        flag(properties, RETAIN),
        properties.containsKey(PRIORITY)
            ? number(properties, PRIORITY, 0, Integer.MAX_VALUE)
            : DEFAULT_PRIORITY,
        flag(properties, CONTROL),
        new Storing(
            text(properties, PUBLISHER, ""),
            text(properties, DURABILITY, ""),
            flag(properties, NEWEST_FIRST)));
  }

  /** The same as properties. */
  Map<String, Object> properties() {
    return Map.of(
        app.isEmpty() ? PLAIN_TOPIC : TOPIC,
        topic,
        APP,
        app,
        QOS,
        qos,
        RETAIN,
        retain,
        PRIORITY,
        priority,
        CONTROL,
        control,
        PUBLISHER,
        storing.publisher(),
        DURABILITY,
        storing.durability(),
        NEWEST_FIRST,
        storing.newestFirst());
  }

  private static String text(Map<String, Object> properties, String key, String fallback) {
    Object value = properties.get(key);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    if (fallback == null) {
      throw new IllegalArgumentException(key + " must be a text, given: " + value);
    }
    return fallback;
  }

  private static int number(Map<String, Object> properties, String key, int min, int max) {
    Object value = properties.getOrDefault(key, min);
    if (value instanceof Number number && number.intValue() >= min && number.intValue() <= max) {
      return number.intValue();
    }
    throw new IllegalArgumentException(
        key + " must be " + min + " to " + max + ", given: " + value);
  }

  private static boolean flag(Map<String, Object> properties, String key) {
    return Boolean.TRUE.equals(properties.get(key));
  }
}
