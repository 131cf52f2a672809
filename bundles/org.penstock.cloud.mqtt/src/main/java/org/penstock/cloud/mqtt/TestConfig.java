package org.penstock.cloud.mqtt;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Arguments of a test as the transport's configuration; what is not given has its default. */
final class TestConfig {

  private TestConfig() {}

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException names the key, the value and what is allowed
   */
  static MqttTransportConfig of(Map<String, String> arguments) {
    MqttTransportConfig config =
        (MqttTransportConfig)
            Proxy.newProxyInstance(
                MqttTransportConfig.class.getClassLoader(),
                new Class<?>[] {MqttTransportConfig.class, Annotation.class},
                (proxy, method, given) -> value(method, arguments));
    config.protocol$_$version();
    config.timeout();
    config.keep$_$alive();
    return config;
  }

  private static Object value(Method method, Map<String, String> arguments) {
    String key = method.getName().replace("$_$", "-").replace('_', '.');
    String text = arguments.get(key);
    if (text == null) {
      return key.equals("lwt.topic") ? "" : method.getDefaultValue();
    }
    if (method.getReturnType() == int.class) {
      try {
        return Integer.valueOf(text.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(key + " must be a number, given: " + text, e);
      }
    }
    return method.getReturnType() == boolean.class ? Boolean.valueOf(text) : text;
  }
}
