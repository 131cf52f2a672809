package org.penstock.core.system.watchdog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Something that has the box or the gateway started again unless it is fed. */
interface Feeder extends AutoCloseable {

  /** Its name, in words. */
  String name();

  /** Once more. */
  void feed() throws IOException;

  /** Ends in peace: nothing is started again. */
  @Override
  void close() throws IOException;

  /** Linux's watchdog device: any byte feeds it, the letter V before closing disarms it. */
  final class Device implements Feeder {

    private static final byte[] FOOD = {'w'};
    private static final byte[] DISARM = {'V'};

    private final Path path;
    private final OutputStream out;

    Device(Path path) throws IOException {
      this.path = path;
      this.out = Files.newOutputStream(path, StandardOpenOption.WRITE);
    }

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public void feed() throws IOException {
      out.write(FOOD);
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.write(DISARM);
      out.flush();
      out.close();
    }
  }

  /** systemd's, where the unit has WatchdogSec; fed by its own program since Java has no datagrams
   * over Unix sockets. */
  final class Systemd implements Feeder {

    private static final long LIMIT_S = 5;

    private final List<String> command;

    private Systemd(List<String> command) {
      this.command = command;
    }

    /** Present when systemd wants to be told. */
    static Optional<Feeder> when(String socket, String microseconds) {
      return socket == null || socket.isEmpty() || microseconds == null
          ? Optional.empty()
          : Optional.of(new Systemd(List.of("systemd-notify", "WATCHDOG=1")));
    }

    @Override
    public String name() {
      return "systemd";
    }

    @Override
    public void feed() throws IOException {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
          process.destroyForcibly();
          throw new IOException("systemd-notify failed; set NotifyAccess=all in the unit");
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      // systemd knows that the service is stopping
    }
  }
}
