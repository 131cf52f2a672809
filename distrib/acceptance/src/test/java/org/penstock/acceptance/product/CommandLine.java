package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code bin/penstockctl} of the distribution, as admin. */
public final class CommandLine {

  private static final Path INSTALL =
      Path.of(System.getProperty("penstock.distribution")).toAbsolutePath().normalize();
  private static final int LIMIT_S = 60;

  private final Path passwordFile;

  /** What it printed and how it ended. */
  public record Ended(int status, String out) {}

  /** With the password that a gateway in this folder was started with. */
  public CommandLine(Path folder) {
    passwordFile = folder.resolve("password");
  }

  /** Starts it; later options win. */
  public Process start(String address, String... words) {
    List<String> command = new ArrayList<>();
    command.add(INSTALL.resolve("bin/penstockctl").toString());
    command.addAll(List.of("--address", address, "--user", "admin"));
    command.addAll(List.of("--password-file", passwordFile.toString()));
    command.addAll(List.of(words));
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  public Ended run(String address, String... words) {
    Process process = start(address, words);
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
        throw new AssertionError("penstockctl does not end");
      }
      return new Ended(process.exitValue(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
