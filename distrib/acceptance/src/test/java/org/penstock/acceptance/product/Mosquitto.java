package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's mosquitto in the foreground, on loopback. */
public final class Mosquitto implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final List<String> more;
  private Child child;

  /** Starts it on a free port; more lines of its listener's configuration may be given. */
  public Mosquitto(Path folder, String... more) {
    this.folder = folder;
    this.more = List.of(more);
    port = Ports.free();
    start();
  }

  public int port() {
    return port;
  }

  /** Starts it again on the same port; persistent sessions have survived. */
  public void start() {
    Path configuration = folder.resolve("mosquitto-" + port + ".conf");
    try {
      Files.writeString(
          configuration,
          "listener "
              + port
              + " 127.0.0.1\n"
              + String.join("\n", more)
              + "\nallow_anonymous true\nmax_inflight_messages 0\n"
              + "max_queued_messages 0\nset_tcp_nodelay true\n"
              // a session of before is there as soon as it listens: nothing it acknowledges is lost
              + "persistence true\npersistence_file mosquitto-"
              + port
              + ".db\npersistence_location "
              + folder
              + "/\nautosave_interval 1\nautosave_on_changes true\n"
              + (System.getProperty("user.name").equals("root") ? "user root\n" : ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String program =
        Files.exists(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
    child = new Child("mosquitto", new ProcessBuilder(program, "-c", configuration.toString()));
    Await.until(
        Duration.ofSeconds(60),
        () -> "mosquitto does not listen: " + child.lines(),
        () -> Ports.open(port));
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
