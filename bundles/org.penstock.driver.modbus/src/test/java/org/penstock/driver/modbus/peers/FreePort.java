package org.penstock.driver.modbus.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port that nobody uses now. */
public final class FreePort {

  private FreePort() {}

  /** For a process that cannot choose one itself. */
  public static int find() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
