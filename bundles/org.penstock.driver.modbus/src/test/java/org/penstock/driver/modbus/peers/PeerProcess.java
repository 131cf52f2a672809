package org.penstock.driver.modbus.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is none of ours: a peer, or what a peer needs. Ended with the test. */
public final class PeerProcess implements AutoCloseable {

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Starts it; output and errors are read together. */
  public PeerProcess(String... command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(this::read, "peer-output");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in = process.inputReader()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
      }
    } catch (IOException ended) {
      lines.add("ended: " + ended);
    }
  }

  /** Waits for a line that contains the text. */
  public String await(String text) throws InterruptedException, IOException {
    StringBuilder seen = new StringBuilder();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      String line = lines.poll(200, TimeUnit.MILLISECONDS);
      if (line != null) {
        seen.append(line).append('\n');
        if (line.contains(text)) {
          return line;
        }
      } else if (!process.isAlive()) {
        break;
      }
    }
    throw new IOException("no '" + text + "' from the peer, but:\n" + seen);
  }

  /** Asks it to end and gives all that it has said since the last {@link #await}. */
  public List<String> stop() throws InterruptedException {
    process.destroy();
    process.waitFor(5, TimeUnit.SECONDS);
    List<String> rest = new java.util.ArrayList<>();
    for (String line = lines.poll(300, TimeUnit.MILLISECONDS);
        line != null;
        line = lines.poll(100, TimeUnit.MILLISECONDS)) {
      rest.add(line);
    }
    return rest;
  }

  /** Waits for its end and gives all that it said. */
  public List<String> output() throws InterruptedException, IOException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the peer does not end: " + lines);
    }
    List<String> all = new java.util.ArrayList<>();
    for (String line = lines.poll(300, TimeUnit.MILLISECONDS);
        line != null;
        line = lines.poll(50, TimeUnit.MILLISECONDS)) {
      all.add(line);
    }
    return all;
  }

  /** Writes a resource of this folder to a file. */
  public static Path resource(String name, Path folder) {
    try (InputStream in = PeerProcess.class.getResourceAsStream("/peers/" + name)) {
      Path file = folder.resolve(name);
      Files.write(file, in.readAllBytes());
      return file;
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  /** Whether a command works here. */
  public static boolean works(String... command) {
    try {
      Process probe =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Compiles a C program of this folder. */
  public static Path compile(String name, Path folder, String... libraries)
      throws IOException, InterruptedException {
    Path source = resource(name, folder);
    Path program = folder.resolve(name.replace(".c", ""));
    List<String> command =
        new java.util.ArrayList<>(
            List.of("gcc", "-O2", "-w", "-o", program.toString(), source.toString()));
    command.addAll(Arrays.asList(libraries));
    try (PeerProcess compiler = new PeerProcess(command.toArray(String[]::new))) {
      List<String> output = compiler.output();
      if (!Files.isExecutable(program)) {
        throw new IOException("cannot compile " + name + ": " + output);
      }
    }
    return program;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
