package org.penstock.cloud.mqtt;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real mosquitto and its clients, each a process of its own. */
final class Mosquitto implements AutoCloseable {

  final int port;
  private final Path folder;
  private final String[] lines;
  private final List<Process> clients = new ArrayList<>();
  private Process broker;

  Mosquitto(Path folder, String... lines) throws Exception {
    this.folder = folder;
    this.lines = lines;
    this.port = freePort();
    start();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  static String program(String name) {
    for (String place : List.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/")) {
      if (Files.isExecutable(Path.of(place + name))) {
        return place + name;
      }
    }
    throw new AssertionError(
        name + " is not installed; apt-get install -y mosquitto mosquitto-clients");
  }

  void start() throws Exception {
    Path file = folder.resolve("mosquitto-" + port + ".conf");
    Files.writeString(
        file, "listener " + port + " 127.0.0.1\nuser root\n" + String.join("\n", lines) + "\n");
    broker =
        new ProcessBuilder(program("mosquitto"), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!listens()) {
      assertTrue(System.nanoTime() < end, "mosquitto does not listen");
      LockSupport.parkNanos(10_000_000);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  void kill() throws InterruptedException {
    broker.destroyForcibly().waitFor();
  }

  void signal(String signal) throws Exception {
    run("kill", "-" + signal, "" + broker.pid());
  }

  static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor() == 0, String.join(" ", command) + ": " + said);
  }

  /** Lines of "topic payload qos", from when the broker has acknowledged the subscription. */
  BlockingQueue<String> subscribe(String topic) throws Exception {
    Process process =
        new ProcessBuilder(
                "stdbuf",
                "-oL",
                program("mosquitto_sub"),
                "-p",
                "" + port,
                "-q",
                "2",
                "-t",
                topic,
                "-d",
                "-F",
                "got %t %p %q")
            .redirectErrorStream(true)
            .start();
    clients.add(process);
    BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    BlockingQueue<String> ready = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () ->
                process
                    .inputReader()
                    .lines()
                    .forEach(
                        line -> {
                          if (line.startsWith("got ")) {
                            messages.add(line.substring(4));
                          } else if (line.contains("SUBACK")) {
                            ready.add(line);
                          }
                        }),
            "test/mosquitto_sub");
    reader.setDaemon(true);
    reader.start();
    assertTrue(ready.poll(10, TimeUnit.SECONDS) != null, "mosquitto_sub does not subscribe");
    return messages;
  }

  void publish(String topic, String payload) throws Exception {
    run(program("mosquitto_pub"), "-p", "" + port, "-q", "1", "-t", topic, "-m", payload);
  }

  @Override
  public void close() throws Exception {
    clients.forEach(Process::destroyForcibly);
    kill();
  }
}
