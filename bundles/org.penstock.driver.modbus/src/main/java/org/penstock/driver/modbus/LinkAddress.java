package org.penstock.driver.modbus;

import org.penstock.driver.modbus.ModbusDriverConfig.AccessType;
import org.penstock.link.serial.SerialSettings;

/**
 * What makes driver instances share a link: the same line or the same other end.
 *
 * @param type of access
 * @param host name or address; device of a serial line
 * @param port 0 for a serial line
 */
record LinkAddress(AccessType type, String host, int port) {

  static LinkAddress of(ModbusDriverConfig config) {
    AccessType type = config.access_type();
    if (type.usualPort() == 0) {
      return new LinkAddress(type, config.serial_device(), 0);
    }
    return new LinkAddress(
        type, config.host(), config.port() == 0 ? type.usualPort() : config.port());
  }

  static SerialSettings serial(ModbusDriverConfig config) {
    return new SerialSettings(
        config.serial_device(),
        config.serial_baud(),
        config.serial_data_bits(),
        config.serial_parity(),
        config.serial_stop_bits(),
        config.serial_flow_control(),
        config.serial_rs485());
  }

  static SerialSettings serial(ModbusServerConfig config) {
    return new SerialSettings(
        config.serial_device(),
        config.serial_baud(),
        8,
        config.serial_parity(),
        config.serial_stop_bits(),
        SerialSettings.FlowControl.NONE,
        false);
  }
}
