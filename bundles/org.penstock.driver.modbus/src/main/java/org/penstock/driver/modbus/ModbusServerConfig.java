package org.penstock.driver.modbus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.link.serial.SerialSettings;

/** What a user can set on a server instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ModbusServerConfig.FACTORY_PID,
    name = "Modbus server",
    description = "Shows the channels of an asset as registers of a Modbus unit")
@interface ModbusServerConfig {

  /** What clients come over. */
  enum ServerType {
    /** Modbus TCP. */
    TCP,
    /** A serial line in RTU mode. */
    RTU
  }

  /** What a channel without good value shows. */
  enum BadValue {
    /** Exception 4, device failure. */
    EXCEPTION,
    /** Its last good value. */
    LAST_GOOD
  }

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.modbus.server";

  @AttributeDefinition(name = "Asset", description = "whose channels are shown")
  String asset_pid() default "";

  @AttributeDefinition(
      name = "Registers",
      description =
          "a line for each channel: TABLE address channel [TYPE [ORDER [LENGTH]]] [rw]|TextArea")
  String register_map() default "";

  @AttributeDefinition(name = "Address notation", description = "how the lines write addresses")
  Notation address_notation() default Notation.ZERO_BASED;

  @AttributeDefinition(name = "Unit id", description = "that is answered", min = "1", max = "255")
  int unit_id() default 1;

  @AttributeDefinition(name = "Bad values", description = "what a channel without good value shows")
  BadValue bad_values() default BadValue.EXCEPTION;

  @AttributeDefinition(name = "Access", description = "what clients come over")
  ServerType server_type() default ServerType.TCP;

  @AttributeDefinition(name = "Interface", description = "address to listen on")
  String listen_address() default "0.0.0.0";

  @AttributeDefinition(name = "Port", description = "to listen on", min = "1", max = "65535")
  int port() default 502;

  @AttributeDefinition(
      name = "Allowed clients",
      description = "addresses or networks with commas between; nobody else may connect")
  String allowed_clients() default "127.0.0.1,::1";

  @AttributeDefinition(name = "Clients", description = "at a time", min = "1", max = "64")
  int max_clients() default 16;

  @AttributeDefinition(name = "Serial device", description = "name of the line", required = false)
  String serial_device() default "/dev/ttyUSB0";

  @AttributeDefinition(name = "Baud rate", description = "bits/s", min = "50", max = "4000000")
  int serial_baud() default 19200;

  @AttributeDefinition(name = "Parity", description = "EVEN by the specification")
  SerialSettings.Parity serial_parity() default SerialSettings.Parity.EVEN;

  @AttributeDefinition(name = "Stop bits", description = "TWO where there is no parity")
  SerialSettings.StopBits serial_stop_bits() default SerialSettings.StopBits.ONE;
}
