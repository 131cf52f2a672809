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
    return (ModbusDriverConfig)
        Proxy.newProxyInstance(
            Configs.class.getClassLoader(),
            new Class<?>[] {ModbusDriverConfig.class},
            (proxy, method, arguments) ->
                set.getOrDefault(method.getName(), method.getDefaultValue()));
  }
}
