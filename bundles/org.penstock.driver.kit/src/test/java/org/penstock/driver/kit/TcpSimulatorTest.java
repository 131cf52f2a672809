package org.penstock.driver.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.penstock.driver.kit.conformance.Fault;
import org.penstock.driver.kit.conformance.TcpSimulator;

/** If deleted: a simulator that shows no faults could make every driver look good. */
class TcpSimulatorTest {

  /** Requests of one byte; the answer is four times the same. */
  private static final class Echo extends TcpSimulator {

    @Override
    protected byte[] readRequest(InputStream in) throws IOException {
      int request = in.read();
      return request < 0 ? null : new byte[] {(byte) request};
    }

    @Override
    protected byte[] answer(byte[] request) {
      return new byte[] {request[0], request[0], request[0], request[0]};
    }
  }

  private static byte[] ask(int port, int length) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(2_000);
      socket.getOutputStream().write(5);
      return socket.getInputStream().readNBytes(length);
    }
  }

  @Test
  void eachFaultShowsOnTheWire() throws IOException {
    try (Echo device = new Echo()) {
      assertArrayEquals(new byte[] {5, 5, 5, 5}, ask(device.port(), 4));
      device.set(Fault.TRUNCATED);
      assertArrayEquals(new byte[] {5, 5}, ask(device.port(), 4));
      device.set(Fault.GARBAGE);
      assertEquals(0x13, ask(device.port(), 4)[0]);
      device.set(Fault.ABSENT);
      assertThrows(IOException.class, () -> ask(device.port(), 4));
      device.set(Fault.NONE);
      assertArrayEquals(new byte[] {5, 5, 5, 5}, ask(device.port(), 4));
      device.set(Fault.SILENT);
      assertThrows(SocketTimeoutException.class, () -> ask(device.port(), 1));
    }
  }
}
