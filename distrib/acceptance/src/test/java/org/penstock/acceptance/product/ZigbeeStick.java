package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A simulated ZigBee network behind a stick on loopback (distrib/simulator-zigbee), a process of its own. */
public final class ZigbeeStick implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Path CLASSES =
      Path.of(System.getProperty("penstock.top"), "distrib/simulator-zigbee/target/classes")
          .toAbsolutePath()
          .normalize();

  private final Child child;
  private final int port;

  /** With the firmware of that protocol, for example {@code znp-3.x.0}. */
  public ZigbeeStick(String protocol) {
    this(protocol, 1);
  }

  /** With devices whose clock runs so many times as fast as ours. */
  ZigbeeStick(String protocol, int speed) {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx64m",
            "-cp",
            CLASSES.toString(),
            "org.penstock.simulator.zigbee.Main",
            "--protocol",
            protocol,
            "--speed",
            "" + speed);
    child = new Child("stick", builder);
    port = Integer.parseInt(child.line("ready", LIMIT).replaceAll(".*port=(\\d+).*", "$1"));
  }

  /** Its port on loopback. */
  public int port() {
    return port;
  }

  /** Gives a command, and what was answered to it behind "ok". */
  public String say(String command) {
    int from = child.lines().size();
    try {
      Writer in = child.process().outputWriter(StandardCharsets.UTF_8);
      in.write(command + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(LIMIT, () -> "no answer to '" + command + "'", () -> child.lines().size() > from);
    String answer = child.lines().get(from);
    if (!answer.startsWith("ok")) {
      throw new AssertionError(command + ": " + answer);
    }
    return answer.substring(2).strip();
  }

  @Override
  public void close() {
    child.kill();
  }
}
