package org.penstock.acceptance.product;

import java.nio.file.Path;
import java.time.Duration;

/** The demo's pumping station behind Modbus TCP, as a process of its own. */
public final class DemoPlant implements AutoCloseable {

  private static final Path LIBRARIES =
      Path.of(System.getProperty("penstock.top"), "distrib/demo/target/lib").normalize();

  private final Child child;
  private final int port;

  /** Starts it on a free port. */
  public DemoPlant() {
    child =
        new Child(
            "plant",
            new ProcessBuilder(
                "java",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                LIBRARIES + "/*",
                "org.penstock.demo.plant.Plant"));
    port = Integer.parseInt(child.line("ready ", Duration.ofSeconds(120)).split(" ")[1]);
  }

  /** The port on which it listens. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    child.close();
  }
}
