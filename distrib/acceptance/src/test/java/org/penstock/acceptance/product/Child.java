package org.penstock.acceptance.product;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A child process whose output lines are kept. */
public class Child implements AutoCloseable {

  private final String name;
  private final Process process;
  private final Thread reader;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Starts it; its output is kept. */
  public Child(String name, ProcessBuilder builder) {
    this.name = name;
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("can't start " + name, e);
    }
    reader = new Thread(this::read, "test/" + name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("output ended: " + e.getMessage());
    }
  }

  /** All lines printed so far. */
  public List<String> lines() {
    return lines;
  }

  /** Waits for a line that begins so. */
  public String line(String begin, Duration limit) {
    Await.until(
        limit,
        () -> name + " printed no line '" + begin + "...', but: " + lines,
        () -> find(begin).isPresent() || !process.isAlive() && find(begin).isPresent());
    return find(begin).orElseThrow();
  }

  private Optional<String> find(String begin) {
    return lines.stream().filter(l -> l.startsWith(begin)).findFirst();
  }

  Process process() {
    return process;
  }

  /** SIGKILL, and waits for the end. */
  public void kill() {
    process.destroyForcibly();
    end(Duration.ofSeconds(10));
  }

  /** SIGTERM, waits for the end and gives the exit status. */
  public int terminate(Duration limit) {
    process.destroy();
    return end(limit);
  }

  /** Waits for the process to end by itself. */
  public int end(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(name + " still runs after " + limit + "; it printed " + lines);
      }
      reader.join(2000); // all that it printed; a process of its own may hold its output open
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
