package org.penstock.cloud.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs of an allow-list, without a shell, for a limited time, for whichever door asks. Off
 * unless switched on.
 */
final class CommandRunner {

  /**
   * What may be run, and how.
   *
   * @param password empty for none
   * @param allowed absolute paths of programs
   * @param folder requests may name folders below it
   * @param seconds longest time
   * @param environment of every program; requests may set these names anew, and no others
   */
  record Options(
      boolean enabled,
      String password,
      Set<Path> allowed,
      Path folder,
      int seconds,
      Map<String, String> environment) {}

  /**
   * What to run.
   *
   * @param folder relative to the configured one, empty for that itself
   * @param zip is unpacked into the folder before; empty for none
   * @param seconds at most; no more than configured
   */
  record Request(
      String command,
      String password,
      List<String> arguments,
      Map<String, String> environment,
      String folder,
      byte[] zip,
      long seconds) {}

  /** How it ended; of each output the first MiB. */
  record Result(String stdout, String stderr, int exitCode, boolean timedOut) {}

  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int AT_A_TIME = 4;
  private static final int REST_S = 1;

  private final Options options;
  private final Semaphore running = new Semaphore(AT_A_TIME);

  CommandRunner(Options options) {
    this.options = options;
  }

  /** Runs it to its end, or to the end of its time; then it and what it started are killed. */
  Result run(Request request) throws KuraException {
    ProcessBuilder builder = prepared(request);
    Process process = started(builder);
    try {
      Output out = reading(process.getInputStream(), "out");
      Output err = reading(process.getErrorStream(), "err");
      boolean ended = process.waitFor(seconds(request), TimeUnit.SECONDS);
      if (!ended) {
        kill(process);
        process.waitFor();
      }
      return new Result(out.text(), err.text(), process.exitValue(), !ended);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill(process);
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, "the gateway is stopping");
    } finally {
      running.release();
    }
  }

  /** Starts it and lets it run as long as it may; its output is lost. */
  void start(Request request) throws KuraException {
    ProcessBuilder builder = prepared(request);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = started(builder);
    process
        .onExit()
        .orTimeout(seconds(request), TimeUnit.SECONDS)
        .whenComplete(
            (ended, late) -> {
              running.release();
              if (late != null) {
                kill(process);
              }
            });
  }

  private Process started(ProcessBuilder builder) throws KuraException {
    if (!running.tryAcquire()) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, AT_A_TIME + " commands are running; try again");
    }
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      running.release();
      throw new KuraException(KuraErrorCode.PROCESS_EXECUTION_ERROR, e, e.getMessage());
    }
  }

  private long seconds(Request request) {
    return Math.max(1, Math.min(options.seconds(), request.seconds()));
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private ProcessBuilder prepared(Request request) throws KuraException {
    if (!options.enabled()) {
      throw new KuraException(
          KuraErrorCode.SERVICE_UNAVAILABLE, "commands are switched off (command.enable)");
    }
    byte[] wanted = options.password().getBytes(StandardCharsets.UTF_8);
    byte[] given = request.password().getBytes(StandardCharsets.UTF_8);
    if (wanted.length > 0 && !MessageDigest.isEqual(wanted, given)) {
      throw Exchange.bad("the command's password is missing or wrong");
    }
    List<String> words = new ArrayList<>();
    words.add(program(request.command()).toString());
    words.addAll(request.arguments());
    Path folder = folder(request.folder());
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(options.environment());
    for (Map.Entry<String, String> pair : request.environment().entrySet()) {
      // LD_PRELOAD and its like would run what is not allowed
      if (!options.environment().containsKey(pair.getKey())) {
        throw Exchange.bad(
            "the environment variable "
                + pair.getKey()
                + " is not among those of command.environment");
      }
      builder.environment().put(pair.getKey(), pair.getValue());
    }
    if (request.zip().length > 0) {
      CommandFiles.unpack(request.zip(), folder);
    }
    LOG.info("runs {} in {}", words, folder);
    return builder;
  }

  private Path program(String command) throws KuraException {
    Path program = Path.of(command.replace('\0', '?')).normalize();
    if (!options.allowed().contains(program)) {
      throw Exchange.bad(program + " is not among the allowed programs (command.allowed)");
    }
    return program;
  }

  private Path folder(String relative) throws KuraException {
    Path root = options.folder().toAbsolutePath().normalize();
    Path folder = root.resolve(relative.replace('\0', '?')).normalize();
    try {
      if (folder.startsWith(root)
          && Files.isDirectory(folder)
          && folder.toRealPath().startsWith(root.toRealPath())) {
        return folder.toRealPath();
      }
    } catch (IOException e) {
      throw Exchange.bad("the working directory can't be used: " + e.getMessage());
    }
    throw Exchange.bad("the working directory must be a folder below " + root);
  }

  /** Reads to the end, keeps the beginning: a program that writes much must not block. */
  /** What was printed so far; a process that the command left behind may hold the output open. */
  private record Output(ByteArrayOutputStream kept, CompletableFuture<Void> ended) {

    String text() throws InterruptedException {
      try {
        ended.get(REST_S, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException heldOpen) {
        LOG.debug("the output does not end with the command");
      }
      return kept.toString(StandardCharsets.UTF_8);
    }
  }

  private static Output reading(InputStream in, String what) {
    Output output = new Output(new ByteArrayOutputStream(), new CompletableFuture<>());
    Thread thread =
        new Thread(
            () -> {
              byte[] block = new byte[8192];
              ByteArrayOutputStream kept = output.kept();
              try (in) {
                for (int n = in.read(block); n >= 0; n = in.read(block)) {
                  kept.write(block, 0, Math.min(n, MAX_OUTPUT - kept.size()));
                }
              } catch (IOException e) {
                LOG.debug("output ended: {}", e.getMessage());
              }
              output.ended().complete(null);
            },
            "cloud/remote/command-" + what);
    thread.setDaemon(true);
    thread.start();
    return output;
  }
}
