package org.penstock.cloud.remote;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.message.KuraPayload;
import org.eclipse.kura.message.KuraResponsePayload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CMD-V1: runs a program of the allow-list, without a shell, for a limited time. Off unless switched
 * on.
 */
final class CommandApp implements RequestHandler {

  /**
   * What may be run, and how.
   *
   * @param password empty for none
   * @param allowed absolute paths of programs
   * @param folder requests may name folders below it
   * @param seconds longest time
   */
  record Options(
      boolean enabled,
      String password,
      Set<Path> allowed,
      Path folder,
      int seconds,
      Map<String, String> environment) {}

  private static final Logger LOG = LoggerFactory.getLogger(CommandApp.class);
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int MAX_FILES = 1024;
  private static final long MAX_UNPACKED = 100L << 20;

  private final Options options;

  CommandApp(Options options) {
    this.options = options;
  }

  @Override
  public KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    if (!Exchange.args(request).equals(List.of("command"))) {
      throw Exchange.notFound("there is only command");
    }
    if (!options.enabled()) {
      throw new KuraException(KuraErrorCode.SERVICE_UNAVAILABLE, "commands are switched off");
    }
    checkPassword(request);
    List<String> words = words(request);
    Path folder = folder(request);
    byte[] zip = request.getPayload().getBody();
    if (zip != null && zip.length > 0) {
      unpack(zip, folder);
    }
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().putAll(options.environment());
    environment(request, builder.environment());
    LOG.info("runs {} for {}", words, request.getPayload().getMetric("requester.client.id"));
    if (Exchange.flag(request, "command.run.async", false)) {
      return runAside(builder);
    }
    long limit =
        Math.min(options.seconds(), Exchange.number(request, "command.timeout", options.seconds()));
    return run(builder, limit);
  }

  private void checkPassword(KuraMessage request) throws KuraException {
    if (options.password().isEmpty()) {
      return;
    }
    byte[] wanted = options.password().getBytes(StandardCharsets.UTF_8);
    byte[] given =
        Exchange.optional(request, "command.password").orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(wanted, given)) {
      throw Exchange.bad("the command's password is missing or wrong");
    }
  }

  private List<String> words(KuraMessage request) throws KuraException {
    List<String> words = new ArrayList<>();
    Path program = Path.of(Exchange.text(request, "command.command")).normalize();
    if (!options.allowed().contains(program)) {
      throw Exchange.bad(program + " is not among the allowed programs (command.allowed)");
    }
    words.add(program.toString());
    for (int i = 0; ; i++) {
      String argument = Exchange.optional(request, "command.argument" + i).orElse("");
      if (argument.isEmpty()) {
        return words;
      }
      words.add(argument);
    }
  }

  private Path folder(KuraMessage request) throws KuraException {
    Path root = options.folder().toAbsolutePath().normalize();
    Path folder =
        root.resolve(Exchange.optional(request, "command.working.directory").orElse(""))
            .normalize();
    if (!folder.startsWith(root) || !Files.isDirectory(folder)) {
      throw Exchange.bad("the working directory must be a folder below " + root);
    }
    return folder;
  }

  private static void environment(KuraMessage request, Map<String, String> into) {
    for (int i = 0; ; i++) {
      String pair = Exchange.optional(request, "command.environment.pair" + i).orElse("");
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        return;
      }
      into.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  private static void unpack(byte[] zip, Path folder) throws KuraException {
    long total = 0;
    int files = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder) || ++files > MAX_FILES) {
          throw Exchange.bad("the zip leaves its folder or has too many files");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          byte[] content = in.readNBytes((int) (MAX_UNPACKED - total + 1));
          total += content.length;
          if (total > MAX_UNPACKED) {
            throw Exchange.bad("the zip unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB");
          }
          Files.createDirectories(file.getParent());
          Files.write(file, content);
        }
      }
    } catch (IOException e) {
      throw Exchange.bad("the body is no zip that can be unpacked: " + e.getMessage());
    }
  }

  private static KuraMessage runAside(ProcessBuilder builder) throws KuraException {
    try {
      builder
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return Exchange.ok();
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.PROCESS_EXECUTION_ERROR, e, e.getMessage());
    }
  }

  private static KuraMessage run(ProcessBuilder builder, long seconds) throws KuraException {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> out = reading(process.getInputStream(), "out");
      CompletableFuture<String> err = reading(process.getErrorStream(), "err");
      boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      return answer(process.exitValue(), !ended, out.join(), err.join());
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.PROCESS_EXECUTION_ERROR, e, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KuraException(KuraErrorCode.INTERNAL_ERROR, e, "the gateway is stopping");
    }
  }

  private static KuraMessage answer(int status, boolean timedOut, String out, String err) {
    boolean good = status == 0 && !timedOut;
    KuraResponsePayload payload =
        new KuraResponsePayload(
            good ? KuraResponsePayload.RESPONSE_CODE_OK : KuraResponsePayload.RESPONSE_CODE_ERROR);
    payload.addMetric("command.stdout", out);
    payload.addMetric("command.stderr", err);
    payload.addMetric("command.exit.code", status);
    payload.addMetric("command.timedout", timedOut);
    if (!good) {
      payload.setExceptionMessage(err);
    }
    return new KuraMessage((KuraPayload) payload);
  }

  /** Reads to the end, keeps the beginning: a program that writes much must not block. */
  private static CompletableFuture<String> reading(InputStream in, String what) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              ByteArrayOutputStream kept = new ByteArrayOutputStream();
              byte[] block = new byte[8192];
              try (in) {
                for (int n = in.read(block); n >= 0; n = in.read(block)) {
                  kept.write(block, 0, Math.min(n, MAX_OUTPUT - kept.size()));
                }
              } catch (IOException | UncheckedIOException e) {
                LOG.debug("output ended: {}", e.getMessage());
              }
              text.complete(kept.toString(StandardCharsets.UTF_8));
            },
            "cloud/remote/command-" + what);
    thread.setDaemon(true);
    thread.start();
    return text;
  }
}
