package org.penstock.simulator.zigbee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Without it tests that start the simulator as a process could not trust its commands, nor that a fault is one. */
class ControlTest {

  private static final byte[] PING = HexFormat.of().parseHex("fe00210120");
  private static final byte[] PONG = HexFormat.of().parseHex("fe02610179071c");

  private static Socket connect(ZigBeeSimulator simulator) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static byte[] ask(Socket socket, int count) throws IOException {
    socket.getOutputStream().write(PING);
    return socket.getInputStream().readNBytes(count);
  }

  @Test
  void devicesAreSetAndReadByLines() {
    try (ZigBeeSimulator simulator = ZigBeeSimulator.start(Protocol.EZSP_13)) {
      ControlLines control = new ControlLines(simulator);
      assertEquals("ok", control.carryOut("add temperature 00124b0000000103"));
      assertEquals("ok refused", control.carryOut("join 00124b0000000103"));
      assertEquals("ok", control.carryOut("set 00124b0000000103 1 0x402 0 -150"));
      assertEquals("ok -150", control.carryOut("get 00124b0000000103 1 1026 0"));
      assertTrue(control.carryOut("get 00124b0000000103 1 6 0").startsWith("error "));
      assertTrue(control.carryOut("leave").startsWith("error "));
      assertEquals("error no command 'dance'", control.carryOut("dance"));
      assertTrue(control.carryOut("network").contains("up=false permit=false forms=0"));
    }
  }

  @Test
  void framesAreSpoiltCutAndWithheld() throws IOException {
    try (ZigBeeSimulator simulator = ZigBeeSimulator.start(Protocol.ZNP_3_X_0);
        Socket host = connect(simulator)) {
      ControlLines control = new ControlLines(simulator);
      assertArrayEquals(PONG, ask(host, PONG.length));
      control.carryOut("corrupt 1");
      assertFalse(java.util.Arrays.equals(PONG, ask(host, PONG.length)));
      control.carryOut("truncate 1");
      assertEquals(PONG.length - 2, ask(host, PONG.length - 2).length);
      assertArrayEquals(PONG, ask(host, PONG.length), "well again");
      control.carryOut("silent on");
      host.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> ask(host, 1));
    }
  }

  @Test
  void anUnpluggedStickClosesAndRefuses() throws IOException {
    try (ZigBeeSimulator simulator = ZigBeeSimulator.start(Protocol.ZNP_3_X_0);
        Socket host = connect(simulator)) {
      assertArrayEquals(PONG, ask(host, PONG.length));
      simulator.unplug();
      assertEquals(-1, host.getInputStream().read());
      assertThrows(ConnectException.class, () -> connect(simulator).close());
      simulator.plug();
      try (Socket again = connect(simulator)) {
        assertArrayEquals(PONG, ask(again, PONG.length));
      }
    }
  }

  @Test
  void runsAsAProcessUntilItsInputEnds() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                Main.class.getName(),
                "--protocol",
                "ezsp-13",
                "--control",
                "0",
                "--speed",
                "60")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      String ready = out.readLine();
      assertTrue(ready.matches("ready port=\\d+ control=\\d+"), ready);
      int control = Integer.parseInt(ready.substring(ready.lastIndexOf('=') + 1));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), control)) {
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write("add odd 00124b0000000001\n".getBytes(UTF_8));
        byte[] answer = socket.getInputStream().readNBytes(3);
        assertArrayEquals("ok\n".getBytes(UTF_8), answer);
      }
      process.getOutputStream().close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }
}
