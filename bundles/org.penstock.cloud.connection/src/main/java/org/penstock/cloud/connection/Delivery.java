package org.penstock.cloud.connection;

import java.util.Map;

/**
 * How a message goes out: the properties with which a publisher hands it to its endpoint.
 *
 * @param app application id
 * @param topic what follows the application id
 * @param control under the control prefix
 */
record Delivery(String app, String topic, int qos, boolean retain, int priority, boolean control) {

  static final String APP = "appId";
  static final String TOPIC = "appTopic";
  static final String QOS = "qos";
  static final String RETAIN = "retain";
  static final String PRIORITY = "priority";
  static final String CONTROL = "control";

  private static final int DEFAULT_PRIORITY = 7;

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static Delivery of(Map<String, Object> properties) {
    return new Delivery(
        text(properties, APP, null),
        text(properties, TOPIC, ""),
        number(properties, QOS, 0, 2),
        flag(properties, RETAIN),
        properties.containsKey(PRIORITY)
            ? number(properties, PRIORITY, 0, Integer.MAX_VALUE)
            : DEFAULT_PRIORITY,
        flag(properties, CONTROL));
  }

  /** The same as properties. */
  Map<String, Object> properties() {
    return Map.of(
        APP, app, TOPIC, topic, QOS, qos, RETAIN, retain, PRIORITY, priority, CONTROL, control);
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
