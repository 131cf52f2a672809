package org.penstock.driver.modbus;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.link.serial.SerialSettings;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ModbusDriverConfig.FACTORY_PID,
    name = "Modbus driver",
    description = "Reads and writes the units behind one Modbus address")
@interface ModbusDriverConfig {

  /** What lies between the gateway and the units. */
  enum AccessType {
    /** Modbus TCP. */
    TCP(502, false),
    /** Modbus TCP within TLS. */
    TLS(802, false),
    /** Modbus TCP's frames in datagrams. */
    UDP(502, false),
    /** A terminal server with a line in RTU mode. */
    RTU_OVER_TCP(502, true),
    /** A terminal server with a line in ASCII mode. */
    ASCII_OVER_TCP(502, true),
    /** A serial line in RTU mode. */
    RTU(0, true),
    /** A serial line in ASCII mode. */
    ASCII(0, true);

    private final int usualPort;
    private final boolean line;

    AccessType(int usualPort, boolean line) {
      this.usualPort = usualPort;
      this.line = line;
    }

    /** The port where none is configured; 0 when there are none. */
    int usualPort() {
      return usualPort;
    }

    /** Units share a serial line, here or at the other end. */
    boolean line() {
      return line;
    }
  }

  /** How a part of a register is written. */
  enum BitWrite {
    /** Function 22; the unit changes the bits. */
    MASK_WRITE,
    /** Functions 3 and 6; another change in between is lost. */
    READ_MODIFY_WRITE
  }

  /** Whether a write is read back. */
  enum ReadBack {
    /** Not. */
    OFF,
    /** By a read after the write. */
    READ,
    /** By function 23 for registers, by a read for everything else. */
    READ_WRITE
  }

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.modbus";

  @AttributeDefinition(name = "Access", description = "what lies between gateway and units")
  AccessType access_type() default AccessType.TCP;

  @AttributeDefinition(
      name = "Host",
      description = "name or address of the device or gateway; not for serial lines")
  String host() default "localhost";

  @AttributeDefinition(
      name = "Port",
      description = "of the host; 0 for 502, with TLS 802",
      min = "0",
      max = "65535")
  int port() default 0;

  @AttributeDefinition(
      name = "TLS keys",
      description = "filter of the SslManagerService whose keys and trusted certificates are used",
      required = false)
  String SslManagerService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "TLS host check",
      description = "the device's certificate must carry the host's name")
  boolean tls_verify_hostname() default true;

  @AttributeDefinition(
      name = "Serial device",
      description = "name of the line, for example /dev/ttyUSB0",
      required = false)
  String serial_device() default "/dev/ttyUSB0";

  @AttributeDefinition(
      name = "Baud rate",
      description = "bits per second",
      min = "50",
      max = "4000000")
  int serial_baud() default 19200;

  @AttributeDefinition(name = "Data bits", description = "8; 7 in ASCII mode", min = "7", max = "8")
  int serial_data_bits() default 8;

  @AttributeDefinition(name = "Parity", description = "EVEN by the specification")
  SerialSettings.Parity serial_parity() default SerialSettings.Parity.EVEN;

  @AttributeDefinition(name = "Stop bits", description = "TWO where there is no parity")
  SerialSettings.StopBits serial_stop_bits() default SerialSettings.StopBits.ONE;

  @AttributeDefinition(name = "Flow control", description = "usually NONE")
  SerialSettings.FlowControl serial_flow_control() default SerialSettings.FlowControl.NONE;

  @AttributeDefinition(
      name = "RS-485",
      description = "the operating system's driver switches the direction of the line")
  boolean serial_rs485() default false;

  @AttributeDefinition(
      name = "Broadcasts",
      description =
          "unit id 0 means all units, none of which answers; on serial lines it always does")
  boolean broadcast_unit_0() default false;

  @AttributeDefinition(
      name = "Frame log",
      description = "raw frames kept for diagnosis; 0 for none",
      min = "0",
      max = "10000")
  int frame_log() default 0;

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
          "how often a read without usable answer is asked again within its timeout; a write never"
              + " is",
      min = "0",
      max = "5")
  int read_repeats() default 1;

  @AttributeDefinition(
      name = "Outstanding requests",
      description =
          "requests sent before the first is answered; above 1 only where the device bears it; 0:"
              + " as many as turn out well",
      min = "0",
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
      description =
          "unused registers between two channels that are still read along; -1: on lines what one"
              + " request costs by baud rate and measured turnaround divided by what one register"
              + " costs, on networks 64",
      min = "-1",
      max = "124")
  int max_gap_registers() default -1;

  @AttributeDefinition(
      name = "Forbidden ranges",
      description =
          "addresses that are never read along, with commas between: [unit/]TABLE/from[-to],"
              + " zero-based, for example HOLDING_REGISTERS/100-110",
      required = false)
  String forbidden_ranges() default "";

  @AttributeDefinition(
      name = "Always write blocks",
      description = "functions 15 and 16 also for a single coil or register")
  boolean write_multiple_only() default false;

  @AttributeDefinition(
      name = "Bit writes",
      description =
          "how a part of a register is written: function 22, or read, change and write, between"
              + " which the unit may change the register")
  BitWrite bit_write() default BitWrite.MASK_WRITE;

  @AttributeDefinition(
      name = "Read back",
      description = "what is read after a write to compare; READ_WRITE does both by function 23")
  ReadBack write_readback() default ReadBack.OFF;

  @AttributeDefinition(
      name = "Address notation",
      description = "how the channels of this driver write addresses")
  Notation address_notation() default Notation.ZERO_BASED;
}
