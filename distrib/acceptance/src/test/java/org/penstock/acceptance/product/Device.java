package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.StringJoiner;

/** A Modbus TCP device on pymodbus: not our own server. Units 1 to 3. */
public final class Device implements AutoCloseable {

  private final Path script;
  private final int port;
  private Child child;

  /** Starts it on a free port. */
  public Device(Path folder) {
    script = folder.resolve("device.py");
    try (InputStream in = Device.class.getResourceAsStream("device.py")) {
      Files.write(script, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    port = Ports.free();
    start();
  }

  public int port() {
    return port;
  }

  /** Starts it again on the same port, all registers 0. */
  public void start() {
    child =
        new Child(
            "pymodbus", new ProcessBuilder("/usr/bin/python3", "-u", script.toString(), "" + port));
    child.line("ready", Duration.ofSeconds(120));
  }

  /** Sets holding registers. */
  public synchronized void holding(int unit, int address, int... values) {
    StringJoiner line = new StringJoiner(" ", "set " + unit + " 3 " + address + " ", "\n");
    for (int value : values) {
      line.add(Integer.toString(value & 0xFFFF));
    }
    long before = child.lines().stream().filter("ok"::equals).count();
    try {
      Writer in = child.process().outputWriter(StandardCharsets.UTF_8);
      in.write(line.toString());
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(
        Duration.ofSeconds(60),
        () -> "the device did not take " + line + ": " + child.lines(),
        () -> child.lines().stream().filter("ok"::equals).count() > before);
  }

  /** SIGKILL. */
  public void kill() {
    child.kill();
  }

  @Override
  public void close() {
    child.close();
  }
}
