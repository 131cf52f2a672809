package org.penstock.bench.zigbee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.penstock.bench.BenchFailure;

/** A process that answers lines by lines. */
final class Talk implements AutoCloseable {

  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final Writer in;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  Talk(ProcessBuilder builder) throws IOException {
    process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "bench/zigbee");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException ended) {
      lines.add("ended " + ended.getMessage());
    }
  }

  /** The next line that begins so, without its begin. */
  String line(String begin) throws InterruptedException, BenchFailure {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (end - System.nanoTime() > 0) {
      String line = lines.poll(1, TimeUnit.SECONDS);
      if (line != null && line.startsWith(begin)) {
        return line.substring(begin.length()).strip();
      }
      if (line != null && line.startsWith("error") || line == null && !process.isAlive()) {
        throw new BenchFailure("instead of '" + begin + "': " + line);
      }
    }
    throw new BenchFailure("no line '" + begin + "'");
  }

  String ask(String question, String begin) throws IOException, InterruptedException, BenchFailure {
    in.write(question + "\n");
    in.flush();
    return line(begin);
  }

  /** CPU time so far. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Resident memory. */
  double megabytes() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToDouble(l -> Double.parseDouble(l.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
