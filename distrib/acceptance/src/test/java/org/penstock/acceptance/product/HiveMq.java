package org.penstock.acceptance.product;

import java.nio.file.Path;
import java.time.Duration;

/** A second, independent broker in a process of its own: HiveMQ, with websockets. */
public final class HiveMq implements AutoCloseable {

  private static final Path LIBRARIES = Path.of("broker/target/lib");
  private static final Duration START = Duration.ofSeconds(120);

  private final int port = Ports.free();
  private final int webSocket = Ports.free();
  private final int secureWebSocket = Ports.free();
  private final Child child;

  /**
   * Starts it without waiting.
   *
   * @param keyStore of its certificate, password changeit
   */
  public HiveMq(Path folder, Path keyStore) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    child =
        new Child(
            "hivemq",
            new ProcessBuilder(
                java,
                "-Xmx256m",
                "-cp",
                LIBRARIES.toAbsolutePath() + "/*",
                "org.penstock.acceptance.broker.HiveMq",
                folder.resolve("hivemq").toString(),
                "" + port,
                "" + webSocket,
                "" + secureWebSocket,
                keyStore.toString()));
  }

  /** Waits until it serves. */
  public void await() {
    child.line("ready", START);
  }

  public int port() {
    return port;
  }

  public int webSocket() {
    return webSocket;
  }

  public int secureWebSocket() {
    return secureWebSocket;
  }

  @Override
  public void close() {
    child.close();
  }
}
