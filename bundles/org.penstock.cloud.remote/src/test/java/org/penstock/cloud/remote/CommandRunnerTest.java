package org.penstock.cloud.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it whoever may ask for commands could run what nobody allowed, for ever. */
class CommandRunnerTest {

  private static final String SHELL = "/bin/sh";
  private static final String ECHO = "/bin/echo";

  @TempDir Path folder;

  private CommandRunner runner(boolean enabled, String password, int seconds) {
    return new CommandRunner(
        new CommandRunner.Options(
            enabled,
            password,
            Set.of(Path.of(SHELL), Path.of(ECHO)),
            folder,
            seconds,
            Map.of("SITE", "north")));
  }

  private static CommandRunner.Request request(String command, String... arguments) {
    return request(command, Map.of(), "", new byte[0], arguments);
  }

  private static CommandRunner.Request request(
      String command,
      Map<String, String> environment,
      String folder,
      byte[] zip,
      String... arguments) {
    return new CommandRunner.Request(
        command, "secret", List.of(arguments), environment, folder, zip, 3600);
  }

  private static KuraErrorCode refused(CommandRunner runner, CommandRunner.Request request) {
    return assertThrows(KuraException.class, () -> runner.run(request)).getCode();
  }

  @Test
  void onlyWhatIsAllowedRuns() throws KuraException {
    CommandRunner runner = runner(true, "secret", 10);
    assertEquals("hello\n", runner.run(request(ECHO, "hello")).stdout());
    for (String other : List.of("/bin/ls", "echo", "/bin/../bin/ls", "/bin/echo/../ls", "\0")) {
      assertEquals(KuraErrorCode.BAD_REQUEST, refused(runner, request(other)), other);
    }
    assertEquals(KuraErrorCode.SERVICE_UNAVAILABLE, refused(runner(false, "", 10), request(ECHO)));
    assertEquals(KuraErrorCode.BAD_REQUEST, refused(runner(true, "other", 10), request(ECHO)));
  }

  @Test
  void noShellReadsTheArguments() throws KuraException {
    String words = "$(touch x); ls > y | cat `id` $SITE *";
    assertEquals(words + "\n", runner(true, "", 10).run(request(ECHO, words)).stdout());
    assertFalse(Files.exists(folder.resolve("x")) || Files.exists(folder.resolve("y")));
  }

  @Test
  void outputsAndStatusComeBack() throws KuraException {
    CommandRunner.Result result =
        runner(true, "", 10).run(request(SHELL, "-c", "echo out; echo err >&2; exit 7"));
    assertEquals(new CommandRunner.Result("out\n", "err\n", 7, false), result);
  }

  /** The child's child, too: else a command would live on after its time. */
  @Test
  void whatTakesTooLongIsKilledWithItsChildren() throws Exception {
    CommandRunner.Result result =
        runner(true, "", 1).run(request(SHELL, "-c", "sleep 600 & echo $!; wait"));
    assertTrue(result.timedOut());
    awaitGone(Long.parseLong(result.stdout().strip()));
  }

  @Test
  void whatRunsAsideIsKilledInItsTime() throws Exception {
    CommandRunner runner = runner(true, "", 1);
    runner.start(request(SHELL, "-c", "echo $$ > pid.part; mv pid.part pid; exec sleep 600"));
    Path file = folder.resolve("pid");
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!Files.exists(file)) {
      assertTrue(System.nanoTime() < end, "never started");
      Thread.onSpinWait();
    }
    awaitGone(Long.parseLong(Files.readString(file).strip()));
  }

  private static void awaitGone(long pid) throws Exception {
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void fourRunAtATime() throws Exception {
    CommandRunner runner = runner(true, "", 5);
    List<CompletableFuture<CommandRunner.Result>> all =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return runner.run(
                                request(
                                    SHELL,
                                    "-c",
                                    "echo > on" + i + "; while [ ! -e go ]; do sleep 0.05; done"));
                          } catch (KuraException e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
    for (int i = 0; i < 4; i++) {
      while (!Files.exists(folder.resolve("on" + i))) {
        assertTrue(System.nanoTime() < end, "not started");
        Thread.onSpinWait();
      }
    }
    assertEquals(KuraErrorCode.SERVICE_UNAVAILABLE, refused(runner, request(ECHO)));
    Files.createFile(folder.resolve("go"));
    for (CompletableFuture<CommandRunner.Result> one : all) {
      assertEquals(0, one.get(10, TimeUnit.SECONDS).exitCode());
    }
    assertEquals("x\n", runner.run(request(ECHO, "x")).stdout());
  }

  /** Else LD_PRELOAD with a file that came along would run anything. */
  @Test
  void theEnvironmentIsTheConfigurations() throws KuraException {
    CommandRunner runner = runner(true, "", 10);
    String all = runner.run(request(SHELL, "-c", "env")).stdout();
    assertTrue(all.contains("SITE=north\n"), all);
    assertFalse(all.contains("HOME="), all);
    CommandRunner.Request south =
        request(SHELL, Map.of("SITE", "south"), "", new byte[0], "-c", "echo $SITE");
    assertEquals("south\n", runner.run(south).stdout());
    for (String name : List.of("LD_PRELOAD", "PATH", "BASH_ENV")) {
      assertEquals(
          KuraErrorCode.BAD_REQUEST,
          refused(runner, request(ECHO, Map.of(name, "x"), "", new byte[0])),
          name);
    }
  }

  private static byte[] zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      out.putNextEntry(new ZipEntry(name));
      out.write("content".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void filesThatComeAlongStayInTheFolder() throws IOException, KuraException {
    CommandRunner runner = runner(true, "", 10);
    Path work = Files.createDirectory(folder.resolve("work"));
    runner.run(request(ECHO, Map.of(), "work", zip("a/b.txt")));
    assertEquals("content", Files.readString(work.resolve("a/b.txt")));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path file = Files.writeString(outside.resolve("file"), "mine");
    Files.createSymbolicLink(work.resolve("link"), outside);
    Files.createSymbolicLink(work.resolve("direct"), file);
    for (String name : List.of("../outside/x", "/etc/x", "link/x", "direct")) {
      assertEquals(
          KuraErrorCode.BAD_REQUEST,
          refused(runner, request(ECHO, Map.of(), "work", zip(name))),
          name);
    }
    assertEquals(List.of(file), Files.list(outside).toList());
    assertEquals("mine", Files.readString(file));
    Files.createSymbolicLink(folder.resolve("etc"), Path.of("/etc"));
    for (String other : List.of("..", "/etc", "none", "etc")) {
      assertEquals(
          KuraErrorCode.BAD_REQUEST,
          refused(runner, request(ECHO, Map.of(), other, new byte[0])),
          other);
    }
    byte[] noZip = {1, 2, 3};
    assertEquals(KuraErrorCode.BAD_REQUEST, refused(runner, request(ECHO, Map.of(), "", noZip)));
  }

  /** Seen in review: the answer waited for the end of what the command had left behind. */
  @Test
  void aChildThatKeepsTheOutputOpenDoesNotHoldTheAnswer() throws KuraException {
    long begin = System.nanoTime();
    CommandRunner.Result result =
        runner(true, "", 60).run(request(SHELL, "-c", "echo said; sleep 60 &"));
    assertEquals("said\n", result.stdout());
    assertFalse(result.timedOut());
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 20);
  }
}
