package org.penstock.driver.modbus;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Typed configurations without a framework: the defaults, but for what a test sets. */
final class Configs {

  private Configs() {}

  /**
   * A configuration of a driver.
   *
   * @param set values by method name
   */
  static ModbusDriverConfig of(Map<String, Object> set) {
    return make(ModbusDriverConfig.class, set);
  }

  /** A configuration of a server. */
  static ModbusServerConfig server(Map<String, Object> set) {
    return make(ModbusServerConfig.class, set);
  }

  private static <T> T make(Class<T> type, Map<String, Object> set) {
    return type.cast(
        Proxy.newProxyInstance(
            Configs.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                set.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}
