package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Virtual LoRaWAN devices and gateways on npm's lora-packet (bundles/org.penstock.driver.lorawan/src/test/node),
 * whose crypto is not the product's.
 */
public final class Radio implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Path FOLDER =
      Path.of(
              System.getProperty("penstock.top"),
              "bundles/org.penstock.driver.lorawan/src/test/node")
          .toAbsolutePath()
          .normalize();

  private final Child child;

  /** Devices that will send to this port of a gateway on loopback. */
  public Radio(int port, String appKey, String... devEuis) {
    if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
      ProcessBuilder npm = new ProcessBuilder("npm", "ci", "--ignore-scripts");
      try (Child install = new Child("npm", npm.directory(FOLDER.toFile()))) {
        if (install.end(Duration.ofMinutes(3)) != 0) {
          throw new AssertionError("npm ci failed: " + install.lines());
        }
      }
    }
    List<String> command =
        new ArrayList<>(List.of("node", "simulator.cjs", Integer.toString(port), appKey));
    command.addAll(List.of(devEuis));
    child = new Child("radio", new ProcessBuilder(command).directory(FOLDER.toFile()));
    child.line("ready", LIMIT);
  }

  /** Gives a command, and waits until a line that begins so was printed after it. */
  public String say(String command, String expected) {
    int from = child.lines().size();
    tell(command);
    return next(from, expected);
  }

  /** Gives a command and waits until it was carried out. */
  public void say(String command) {
    say(command, "ok " + command);
  }

  private void tell(String command) {
    try {
      Writer in = child.process().outputWriter(StandardCharsets.UTF_8);
      in.write(command + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String next(int from, String begin) {
    Await.until(
        LIMIT,
        () -> "no line '" + begin + "...' but: " + child.lines(),
        () -> find(from, begin).isPresent());
    return find(from, begin).orElseThrow();
  }

  private Optional<String> find(int from, String begin) {
    return child.lines().stream().skip(from).filter(l -> l.startsWith(begin)).findFirst();
  }

  /** All that was told. */
  public List<String> lines() {
    return child.lines();
  }

  @Override
  public void close() {
    child.close();
  }
}
