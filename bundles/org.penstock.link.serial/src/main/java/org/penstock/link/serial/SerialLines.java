package org.penstock.link.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The serial lines of this machine. Any thread may call. */
public final class SerialLines {

  private SerialLines() {}

  /** Device names of the lines that the machine has now. */
  public static List<String> names() {
    return Arrays.stream(SerialPort.getCommPorts()).map(SerialPort::getSystemPortPath).toList();
  }

  /**
   * Opens a line.
   *
   * @throws IOException when it is not there, not allowed, or in use; the message says what to do
   */
  public static SerialLine open(SerialSettings settings) throws IOException {
    try {
      SerialPort port = SerialPort.getCommPort(settings.device());
      PortSettings.of(settings).apply(port);
      if (!port.openPort(0)) {
        throw new IOException(
            "serial device %s cannot be opened (error %d); check its name, that this user may use it"
                    .formatted(settings.device(), port.getLastErrorCode())
                + " (group dialout) and that no other program does");
      }
      return new ComLine(settings.device(), port);
    } catch (SerialPortInvalidPortException unknown) {
      throw new IOException(
          "serial device " + settings.device() + " does not exist; check its name", unknown);
    }
  }
}
