package org.penstock.bench.poller;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntPredicate;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;
import org.penstock.demo.process.ProcessFigures;

/** A gateway that polls a plant, and what it says of it. */
final class PolledGateway implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration FIRST = Duration.ofSeconds(300);
  private static final String PASSWORD = "correct horse";
  private static final String ASSET = "field/asset/asset";

  private final GatewayProcess gateway;

  /**
   * Sums over assets, and the process.
   *
   * @param asked polls that were due
   * @param onTime polls that began before the next was due
   * @param values read
   * @param compiler CPU time of the compiler's threads in seconds
   * @param nanos when
   */
  record Reading(
      double asked,
      double onTime,
      double values,
      ProcessFigures process,
      double compiler,
      long nanos) {

    /** Percent of the polls since then that were on time. */
    double percentOnTime(Reading since) {
      return 100 * (onTime - since.onTime) / (asked - since.asked);
    }

    /** CPU time since then, in seconds. */
    double cpuSince(Reading since) {
      return process.cpuSeconds() - since.process.cpuSeconds();
    }

    /** CPU time of the compiler since then, in seconds. */
    double compilerSince(Reading since) {
      return compiler - since.compiler;
    }

    double secondsSince(Reading since) {
      return (nanos - since.nanos) / 1e9;
    }
  }

  private PolledGateway(GatewayProcess gateway) {
    this.gateway = gateway;
  }

  /** Starts a gateway and waits until each asset has been asked to poll. */
  static PolledGateway start(BenchContext context, String seed, int assets)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "gateway-");
    GatewayProcess process =
        GatewayProcess.launch(
            new GatewayProcess.Plan(
                context.install(),
                folder.resolve("home"),
                FreePort.find(),
                Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
                PASSWORD,
                Files.writeString(folder.resolve("seed.xml"), seed),
                context.profile()));
    PolledGateway gateway = new PolledGateway(process);
    try {
      gateway.awaitPolls(assets);
      return gateway;
    } catch (IOException | InterruptedException | BenchFailure failure) {
      process.close();
      throw failure;
    }
  }

  private void awaitPolls(int assets) throws IOException, InterruptedException, BenchFailure {
    long end = System.nanoTime() + FIRST.toNanos();
    int polling = 0;
    while (polling < assets) {
      if (System.nanoTime() > end) {
        throw new BenchFailure(
            "only %d of %d assets poll after %d s; the gateway printed %s"
                .formatted(polling, assets, FIRST.toSeconds(), gateway.child().lastLines(5)));
      }
      Thread.sleep(500);
      polling = gateway.healthStatus() == 0 ? 0 : polling(gateway.health());
    }
  }

  private static int polling(JsonObject health) {
    int polling = 0;
    for (Map.Entry<String, JsonElement> state : health.getAsJsonObject("states").entrySet()) {
      if (state.getKey().startsWith(ASSET) && figure(state.getValue(), "polls.asked") > 0) {
        polling++;
      }
    }
    return polling;
  }

  private static double figure(JsonElement state, String name) {
    JsonElement figure = state.getAsJsonObject().getAsJsonObject("figures").get(name);
    return figure == null ? 0 : figure.getAsDouble();
  }

  /** Reads the sums over those assets whose number passes. */
  Reading read(IntPredicate which) throws IOException, InterruptedException {
    double asked = 0;
    double onTime = 0;
    double values = 0;
    ProcessFigures process = gateway.child().figures();
    double compiler = compiler("C1") + compiler("C2");
    long nanos = System.nanoTime();
    for (Map.Entry<String, JsonElement> state :
        gateway.health().getAsJsonObject("states").entrySet()) {
      if (state.getKey().startsWith(ASSET)
          && which.test(Integer.parseInt(state.getKey().substring(ASSET.length())))) {
        asked += figure(state.getValue(), "polls.asked");
        onTime += figure(state.getValue(), "polls.ontime");
        values += figure(state.getValue(), "values.read");
      }
    }
    return new Reading(asked, onTime, values, process, compiler, nanos);
  }

  private double compiler(String tier) throws IOException {
    return ProcessFigures.cpuSeconds(gateway.child().pid(), tier + " Compiler");
  }

  /** Collects what the start has left. */
  void collect() throws IOException, InterruptedException, BenchFailure {
    jcmd("GC.run");
  }

  /** Bytes of the heap that are in use after a collection. */
  double liveBytes() throws IOException, InterruptedException, BenchFailure {
    String text = jcmd("GC.class_histogram");
    String last = text.substring(text.lastIndexOf('\n') + 1);
    if (!last.startsWith("Total")) {
      throw new BenchFailure("jcmd of the JDK does not tell the live heap, but: " + last);
    }
    String[] words = last.split("\\s+");
    return Double.parseDouble(words[words.length - 1]);
  }

  private String jcmd(String command) throws IOException, InterruptedException, BenchFailure {
    Process process =
        new ProcessBuilder("jcmd", Long.toString(gateway.child().pid()), command)
            .redirectErrorStream(true)
            .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new BenchFailure("jcmd of the JDK says " + text);
    }
    return text;
  }

  @Override
  public void close() throws InterruptedException {
    gateway.stop(STOP);
    gateway.close();
  }
}
