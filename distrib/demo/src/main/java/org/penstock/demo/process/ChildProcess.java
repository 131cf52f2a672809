package org.penstock.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A child process that is told things on its standard input and whose lines are kept. */
public final class ChildProcess implements AutoCloseable {

  private static final int KEPT = 2000;

  private final String name;
  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private ChildProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /** Starts it; standard output and error are read together. */
  public static ChildProcess start(String name, List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    ChildProcess child = new ChildProcess(name, process);
    Thread reader = new Thread(child::read, "demo/lines/" + name);
    reader.setDaemon(true);
    reader.start();
    return child;
  }

  /** The command line of a Java program on this program's own class path. */
  public static List<String> java(Class<?> main, String heap, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                javaProgram(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static String javaProgram() {
    return ProcessHandle.current().info().command().orElse("java");
  }

  private void read() {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(this::keep);
    } catch (IOException | UncheckedIOException e) {
      keep("output ended: " + e.getMessage());
    }
    end();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void keep(String line) {
    if (lines.size() == KEPT) {
      lines.remove(0);
    }
    lines.add(line);
    notifyAll();
  }

  /** The last lines printed, 2,000 at most. */
  public synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Waits for a line that begins so and takes it out of the kept ones. */
  public synchronized String await(String begin, Duration limit)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> line = lines.stream().filter(l -> l.startsWith(begin)).findFirst();
      if (line.isPresent()) {
        lines.remove(line.get());
        return line.get();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || ended) {
        throw new IOException(name + " printed no line '" + begin + "...' but " + tail());
      }
      wait(Math.min(left, 100));
    }
  }

  private String tail() {
    return lines.isEmpty() ? "nothing" : lastLines(10);
  }

  /** So many of the last lines printed, in one. */
  public synchronized String lastLines(int count) {
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }

  /** What it is called here. */
  public String name() {
    return name;
  }

  /** Asks by a line on its standard input and waits for the line that begins with the same word. */
  public String ask(String word, Duration limit) throws IOException, InterruptedException {
    tell(word);
    return await(word.split(" ")[0] + " ", limit);
  }

  /** Writes a line to its standard input. */
  public void tell(String line) throws IOException {
    Writer in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(line + "\n");
    in.flush();
  }

  /** True while it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** What the system says about it now. */
  public ProcessFigures figures() throws IOException {
    return ProcessFigures.of(pid());
  }

  /** SIGTERM; after the limit SIGKILL. Gives the exit status. */
  public int stop(Duration limit) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  /** SIGTERM, without waiting. */
  public void signal() {
    process.destroy();
  }

  /** SIGKILL, without waiting. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
