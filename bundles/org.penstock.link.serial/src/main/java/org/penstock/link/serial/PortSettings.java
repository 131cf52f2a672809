package org.penstock.link.serial;

import com.fazecast.jSerialComm.SerialPort;

/**
 * Settings in the library's numbers.
 *
 * @param baud bits per second
 * @param dataBits 5 to 8
 * @param stopBits the library's constant
 * @param parity the library's constant
 * @param flow the library's constants, joined
 * @param rs485 direction switching by the operating system's driver
 */
record PortSettings(int baud, int dataBits, int stopBits, int parity, int flow, boolean rs485) {

  static PortSettings of(SerialSettings settings) {
    int stopBits =
        switch (settings.stopBits()) {
          case ONE -> SerialPort.ONE_STOP_BIT;
          case ONE_AND_A_HALF -> SerialPort.ONE_POINT_FIVE_STOP_BITS;
          case TWO -> SerialPort.TWO_STOP_BITS;
        };
    int parity =
        switch (settings.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
          case MARK -> SerialPort.MARK_PARITY;
          case SPACE -> SerialPort.SPACE_PARITY;
        };
    int flow =
        switch (settings.flow()) {
          case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
          case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
          case XON_XOFF ->
              SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED
                  | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
        };
    return new PortSettings(
        settings.baud(), settings.dataBits(), stopBits, parity, flow, settings.rs485());
  }

  void apply(SerialPort port) {
    port.setComPortParameters(baud, dataBits, stopBits, parity);
    port.setFlowControl(flow);
    if (rs485) {
      port.setRs485ModeParameters(true, true, false, false, 0, 0);
    }
    port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
  }
}
