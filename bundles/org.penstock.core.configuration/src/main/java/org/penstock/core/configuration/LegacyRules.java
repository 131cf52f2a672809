package org.penstock.core.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Snapshots of older Kura versions, brought up to the present keys. */
final class LegacyRules {

  static final String CLOUD_SERVICE = "org.eclipse.kura.cloud.CloudService";
  static final String DATA_SERVICE = "org.eclipse.kura.data.DataService";
  static final String MQTT_TRANSPORT =
      "org.eclipse.kura.core.data.transport.mqtt.MqttDataTransport";
  static final String WIRE_ASSET = "org.eclipse.kura.wire.WireAsset";
  static final String EMIT_ALL = "emit.all.channels";

  private LegacyRules() {}

  /** The configuration in today's form; the given map is left as it is. */
  static Map<String, Object> upgraded(String pid, Map<String, Object> given) {
    Map<String, Object> properties = new LinkedHashMap<>(given == null ? Map.of() : given);
    switch (pid) {
      case CLOUD_SERVICE -> instance(properties, pid, "DataService.target", DATA_SERVICE);
      case DATA_SERVICE -> instance(properties, pid, "DataTransportService.target", MQTT_TRANSPORT);
      case MQTT_TRANSPORT -> properties.putIfAbsent(Keys.FACTORY_PID, pid);
      default -> {
        if (WIRE_ASSET.equals(properties.get(Keys.FACTORY_PID))) {
          asset(properties);
        }
      }
    }
    return properties;
  }

  private static void instance(
      Map<String, Object> properties, String pid, String reference, String target) {
    properties.putIfAbsent(Keys.FACTORY_PID, pid);
    properties.putIfAbsent(reference, "(" + Keys.KURA_PID + "=" + target + ")");
  }

  private static void asset(Map<String, Object> properties) {
    if (properties.containsKey(EMIT_ALL)) {
      return;
    }
    properties.put(EMIT_ALL, false);
    for (String key : List.copyOf(properties.keySet())) {
      int hash = key.indexOf('#');
      if (hash > 0) {
        String channel = key.substring(0, hash);
        properties.putIfAbsent(channel + "#+name", channel);
      }
    }
  }
}
