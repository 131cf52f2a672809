package org.penstock.demo.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.penstock.demo.process.ChildProcess;
import org.penstock.demo.process.FreePort;

/** A broker on loopback, for anyone, that keeps nothing on disk. */
public final class Broker implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final String name;
  private final int port;
  private final ChildProcess child;

  private Broker(String name, int port, ChildProcess child) {
    this.name = name;
    this.port = port;
    this.child = child;
  }

  /** Starts mosquitto, or Moquette where there is none; returns when it listens. */
  public static Broker start(Path folder) throws IOException, InterruptedException {
    Optional<Path> program = mosquitto();
    return program.isPresent() ? mosquitto(program.get(), folder) : moquette();
  }

  /** Starts Moquette; returns when it listens. */
  public static Broker moquette() throws IOException, InterruptedException {
    int port = FreePort.find();
    return listening(
        new Broker(
            "Moquette",
            port,
            ChildProcess.start(
                "broker", ChildProcess.java(MoquetteBroker.class, "96m", Integer.toString(port)))));
  }

  private static Broker mosquitto(Path program, Path folder)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    Path settings =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            "listener "
                + port
                + " 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\n"
                + "max_queued_messages 0\nset_tcp_nodelay true\n");
    return listening(
        new Broker(
            "mosquitto",
            port,
            ChildProcess.start("broker", List.of(program.toString(), "-c", settings.toString()))));
  }

  private static Broker listening(Broker broker) throws IOException, InterruptedException {
    if (!FreePort.awaitListener(broker.port, START)) {
      broker.close();
      throw new IOException(
          "%s does not listen on 127.0.0.1:%d; it printed %s"
              .formatted(broker.name, broker.port, broker.child.lines()));
    }
    return broker;
  }

  private static Optional<Path> mosquitto() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Which broker it is. */
  public String name() {
    return name;
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }

  /** Its process. */
  public ChildProcess child() {
    return child;
  }

  @Override
  public void close() {
    child.close();
  }
}
