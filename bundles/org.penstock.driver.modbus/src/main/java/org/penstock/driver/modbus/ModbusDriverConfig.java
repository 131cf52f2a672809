package org.penstock.driver.modbus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.penstock.driver.modbus.codec.Notation;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ModbusDriverConfig.FACTORY_PID,
    name = "Modbus driver",
    description = "Reads and writes the units behind one Modbus address")
@interface ModbusDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.modbus";

  @AttributeDefinition(name = "Host", description = "name or address of the device or gateway")
  String host() default "localhost";

  @AttributeDefinition(name = "Port", description = "TCP port", min = "1", max = "65535")
  int port() default 502;

  @AttributeDefinition(
      name = "Timeout",
      description = "milliseconds that a unit may take for an answer",
      min = "10",
      max = "60000")
  int timeout_ms() default 1000;

  @AttributeDefinition(
      name = "Connect timeout",
      description = "milliseconds that making the connection may take",
      min = "10",
      max = "60000")
  int connect_timeout_ms() default 1000;

  @AttributeDefinition(
      name = "Repeats",
      description =
          "how often a read without usable answer is asked again within its timeout; a write never is",
      min = "0",
      max = "5")
  int read_repeats() default 1;

  @AttributeDefinition(
      name = "Outstanding requests",
      description =
          "requests sent before the first is answered; above 1 only where the device bears it",
      min = "1",
      max = "16")
  int max_outstanding() default 1;

  @AttributeDefinition(
      name = "Pause",
      description = "milliseconds between an answer and the next request to the same unit",
      min = "0",
      max = "10000")
  int pause_ms() default 0;

  @AttributeDefinition(
      name = "Registers in a request",
      description = "the most that the units bear",
      min = "1",
      max = "125")
  int max_registers() default 125;

  @AttributeDefinition(
      name = "Bits in a request",
      description = "the most that the units bear",
      min = "1",
      max = "2000")
  int max_bits() default 2000;

  @AttributeDefinition(
      name = "Gap",
      description = "unused registers between two channels that are still read along",
      min = "0",
      max = "124")
  int max_gap_registers() default 16;

  @AttributeDefinition(
      name = "Address notation",
      description = "how the channels of this driver write addresses")
  Notation address_notation() default Notation.ZERO_BASED;
}
