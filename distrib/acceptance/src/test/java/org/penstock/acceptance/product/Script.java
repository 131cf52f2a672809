package org.penstock.acceptance.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The script {@code ./penstock} as a process, on what is built already. */
public final class Script extends Child {

  private static final Path TOP =
      Path.of(System.getProperty("penstock.top")).toAbsolutePath().normalize();

  private Script(ProcessBuilder builder) {
    super("penstock", builder);
  }

  /** Starts it in the project's folder. */
  public static Script start(String... words) {
    return start(TOP, words);
  }

  /** Starts the script of the given tree, in that folder. */
  public static Script start(Path tree, String... words) {
    return start(tree, "./penstock", words);
  }

  /** Starts the project's script from another folder. */
  public static Script startFrom(Path folder, String... words) {
    return start(folder, TOP.resolve("penstock").toString(), words);
  }

  private static Script start(Path folder, String program, String... words) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PENSTOCK_BUILT", "1");
    return new Script(builder);
  }

  /** All its processes. */
  public List<ProcessHandle> family() {
    ProcessHandle itself = process().toHandle();
    try (Stream<ProcessHandle> children = itself.descendants()) {
      return Stream.concat(Stream.of(itself), children).filter(ProcessHandle::isAlive).toList();
    }
  }

  /** SIGINT to all its processes, as Ctrl-C in a terminal gives. */
  public void interrupt() {
    List<String> command = new ArrayList<>(List.of("kill", "-INT"));
    family().forEach(p -> command.add(Long.toString(p.pid())));
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    family().forEach(ProcessHandle::destroyForcibly);
    super.close();
  }
}
