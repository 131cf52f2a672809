package org.penstock.cloud.mqtt;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import org.penstock.api.mqtt.MqttLinkOptions;

/** A link's options as the transport's configuration: all else has its default. */
final class LinkConfig {

  private LinkConfig() {}

  static MqttTransportConfig of(MqttLinkOptions options) {
    return (MqttTransportConfig)
        Proxy.newProxyInstance(
            MqttTransportConfig.class.getClassLoader(),
            new Class<?>[] {MqttTransportConfig.class, Annotation.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "username" -> options.user() == null ? "" : options.user();
                  case "keep$_$alive" -> options.keepAliveSeconds();
                  case "lwt_topic", "password" -> "";
                  case "timeout" -> 10;
                  default -> method.getDefaultValue();
                });
  }
}
