package org.penstock.bench.modbus;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.penstock.bench.BenchFailure;

/** The rig's programs in C, compiled at the start, and the driver's load program. */
final class Rig implements AutoCloseable {

  /** CPU of our program or the C client. */
  static final String CPU = "cpu_s_per_Mtag";

  private static final int LIMIT_SECONDS = 120;

  private final Path folder;
  private final Map<Process, Path> simulators = new HashMap<>();

  Rig(Path folder) throws IOException, InterruptedException, BenchFailure {
    this.folder = folder;
    compile("mbsim");
    compile("mbload", "-lmodbus", "-lpthread");
    compile("mqttprobe");
  }

  private void compile(String name, String... libraries)
      throws IOException, InterruptedException, BenchFailure {
    Path source = folder.resolve(name + ".c");
    try (InputStream in = Rig.class.getResourceAsStream("/peers/" + name + ".c")) {
      Files.write(source, in.readAllBytes());
    }
    List<String> command =
        new ArrayList<>(
            List.of("gcc", "-O2", "-w", "-o", folder.resolve(name) + "", source.toString()));
    command.addAll(List.of(libraries));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new BenchFailure("cannot compile " + name + ".c; install gcc and libmodbus-dev");
    }
  }

  /** Starts a simulator; it ends with this rig or by {@link #stop}. */
  Process simulator(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(folder.resolve("mbsim").toString()));
    command.addAll(List.of(arguments));
    Path counts = folder.resolve("counts-" + simulators.size());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(counts.toFile())
            .start();
    simulators.put(process, counts);
    Thread.sleep(300);
    return process;
  }

  /** Ends a simulator and gives its counts. */
  Map<String, Double> stop(Process simulator) throws IOException, InterruptedException {
    simulator.destroy();
    simulator.waitFor();
    String last = "{}";
    for (String line : Files.readAllLines(simulators.get(simulator))) {
      last = line.startsWith("{\"sec\"") ? line : last;
    }
    return figures(last);
  }

  /** One run of the driver's load program. */
  Map<String, Double> ours(String... arguments)
      throws IOException, InterruptedException, BenchFailure {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.penstock.driver.modbus.load.ModbusLoad"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** One run of the C client. */
  Map<String, Double> peer(String... arguments)
      throws IOException, InterruptedException, BenchFailure {
    List<String> command =
        new ArrayList<>(List.of(folder.resolve("mbload").toString(), "--lib", "libmodbus"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** One run of the subscriber that decodes what a gateway delivers. */
  Map<String, Double> probe(String... arguments)
      throws IOException, InterruptedException, BenchFailure {
    List<String> command = new ArrayList<>(List.of(folder.resolve("mqttprobe").toString()));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static Map<String, Double> run(List<String> command)
      throws IOException, InterruptedException, BenchFailure {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !output.startsWith("{")) {
      process.destroyForcibly();
      throw new BenchFailure("no figures from " + command + ": " + output);
    }
    return figures(output);
  }

  private static Map<String, Double> figures(String json) {
    Map<String, Double> figures = new HashMap<>();
    JsonObject object = JsonParser.parseString(json).getAsJsonObject();
    object
        .entrySet()
        .forEach(
            entry -> {
              if (entry.getValue().getAsJsonPrimitive().isNumber()) {
                figures.put(entry.getKey(), entry.getValue().getAsDouble());
              }
            });
    return figures;
  }

  @Override
  public void close() {
    simulators.keySet().forEach(Process::destroyForcibly);
  }
}
