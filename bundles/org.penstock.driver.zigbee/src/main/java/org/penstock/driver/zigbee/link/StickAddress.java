package org.penstock.driver.zigbee.link;

import java.io.IOException;
import java.net.URI;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;

/**
 * Where a coordinator is.
 *
 * @param host of a network coordinator or serial server; null for a serial line
 * @param port of the host
 * @param serial null for a host
 */
public record StickAddress(String host, int port, SerialSettings serial) {

  private static final int CONNECT_TIMEOUT_MS = 5_000;

  /**
   * Reads an address.
   *
   * @param text {@code tcp://host:port}, or the path of a serial device
   * @param baud of a serial device
   * @throws IllegalArgumentException what is wrong with it
   */
  public static StickAddress parse(String text, int baud) {
    if (!text.startsWith("tcp://")) {
      if (text.contains("://") || text.isBlank()) {
        throw new IllegalArgumentException(
            "port '" + text + "' must be tcp://host:port or a serial device");
      }
      return new StickAddress(
          null,
          0,
          new SerialSettings(
              text,
              baud,
              8,
              SerialSettings.Parity.NONE,
              SerialSettings.StopBits.ONE,
              SerialSettings.FlowControl.NONE,
              false));
    }
    URI uri = URI.create(text);
    if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65_535) {
      throw new IllegalArgumentException("port '" + text + "' must be tcp://host:port");
    }
    return new StickAddress(uri.getHost(), uri.getPort(), null);
  }

  /**
   * Opens the line.
   *
   * @throws IOException when nobody is there
   */
  public StickLine open(SerialLine.Opener serialLines) throws IOException {
    return serial == null
        ? new TcpStickLine(host, port, CONNECT_TIMEOUT_MS)
        : new SerialStickLine(serialLines.open(serial));
  }

  @Override
  public String toString() {
    return serial == null ? "tcp://" + host + ':' + port : serial.device();
  }
}
