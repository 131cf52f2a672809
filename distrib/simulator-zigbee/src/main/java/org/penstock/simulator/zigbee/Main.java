package org.penstock.simulator.zigbee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.penstock.simulator.zigbee.network.SimulatedTime;

/**
 * The simulator as a process: {@code --protocol znp-3.x.0 --port 0 --control 0 --speed 1 --ieee 00124b0011223344}, all
 * optional. Commands come on standard input, and on the control port when there is one; the end of standard input ends
 * the process.
 */
public final class Main {

  private static final Set<String> OPTIONS =
      Set.of("--protocol", "--port", "--control", "--speed", "--ieee");

  private Main() {}

  /** Starts it, says {@code ready port=N [control=N]}, and serves until the input ends or {@code quit} comes. */
  public static void main(String... args) throws IOException {
    Map<String, String> options = options(args);
    long ieee = Long.parseUnsignedLong(options.getOrDefault("--ieee", "00124b0011223344"), 16);
    SimulatedTime time =
        SimulatedTime.faster(Double.parseDouble(options.getOrDefault("--speed", "1")));
    Protocol protocol = Protocol.of(options.getOrDefault("--protocol", "znp-3.x.0"));
    int port = Integer.parseInt(options.getOrDefault("--port", "0"));
    try (ZigBeeSimulator simulator = ZigBeeSimulator.start(protocol, port, ieee, time)) {
      ControlLines control = new ControlLines(simulator);
      String ready = "ready port=" + simulator.port();
      if (options.containsKey("--control")) {
        ready += " control=" + serve(control, Integer.parseInt(options.get("--control")));
      }
      System.out.println(ready);
      answer(control, new InputStreamReader(System.in, StandardCharsets.UTF_8), System.out);
    }
  }

  private static Map<String, String> options(String... args) {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < args.length; i += 2) {
      if (!OPTIONS.contains(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + ": not one of " + OPTIONS + " with a value");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }

  private static int serve(ControlLines control, int port) throws IOException {
    ServerSocket server = new ServerSocket(port, 8, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept();
                    Reader in =
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
                    PrintStream out =
                        new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
                  answer(control, in, out);
                } catch (IOException e) {
                  System.out.println("control connection ended: " + e.getMessage());
                }
              }
            },
            "simulator/zigbee/control");
    thread.setDaemon(true);
    thread.start();
    return server.getLocalPort();
  }

  private static void answer(ControlLines control, Reader from, PrintStream out)
      throws IOException {
    BufferedReader lines = new BufferedReader(from);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.trim().equals("quit")) {
        return;
      }
      if (!line.isBlank()) {
        out.println(control.carryOut(line));
      }
    }
  }
}
