package org.penstock.field.asset;

import java.util.HashMap;
import java.util.Map;

/** Configuration properties for tests. */
final class Props {

  private final Map<String, Object> map = new HashMap<>();

  static Props asset() {
    return new Props()
        .set("driver.pid", "driver")
        .set("kura.service.pid", "asset")
        .set("service.factoryPid", WireAssetConfig.FACTORY_PID);
  }

  Props set(String key, Object value) {
    map.put(key, value);
    return this;
  }

  Props channel(String name, String type, String valueType) {
    return set(name + "#+name", name)
        .set(name + "#+type", type)
        .set(name + "#+value.type", valueType);
  }

  Map<String, Object> map() {
    return map;
  }
}
