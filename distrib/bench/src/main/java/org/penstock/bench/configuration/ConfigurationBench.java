package org.penstock.bench.configuration;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;

/**
 * Many component instances: time until all are active after a start, time of one call that changes
 * every one of them, and how both grow.
 */
public final class ConfigurationBench implements Benchmark {

  private static final String LOGGER = "org.eclipse.kura.wire.Logger";
  private static final String PASSWORD = "correct horse";
  private static final Duration LIMIT = Duration.ofSeconds(180);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int[] COUNTS = {250, 500, 1000, 2000};

  private record Figures(double start, double apply, double rss) {}

  @Override
  public String name() {
    return "configuration";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    Map<Integer, Figures> all = new TreeMap<>();
    all.put(0, measure(context, 0));
    for (int count : context.quick() ? new int[] {500, 1000} : COUNTS) {
      all.put(count, measure(context, count));
    }
    List<Row> rows = new ArrayList<>();
    all.forEach(
        (count, figures) -> {
          rows.add(Row.of("start with " + count + " instances", "s", figures.start()));
          if (count > 0) {
            rows.add(Row.of("apply to " + count + " instances", "s", figures.apply()));
          }
          rows.add(Row.of("resident with " + count + " instances", "MB", figures.rss()));
        });
    List<Integer> counts = new ArrayList<>(all.keySet());
    int most = counts.get(counts.size() - 1);
    int half = counts.get(counts.size() - 2);
    double base = all.get(0).start();
    double growth =
        Math.max(0.001, all.get(most).start() - base)
            / Math.max(0.001, all.get(half).start() - base);
    rows.add(
        Row.of("start: what twice as many instances cost more", "times", growth)
            .aim(Aim.atMost(2.5)));
    rows.add(
        Row.of(
                "apply: what twice as many instances cost more",
                "times",
                all.get(most).apply() / all.get(half).apply())
            .aim(Aim.atMost(2.5)));
    return rows;
  }

  private static String seed(int count) {
    StringBuilder xml =
        new StringBuilder("<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\">\n");
    for (int i = 0; i < count; i++) {
      xml.append("<esf:configuration pid=\"logger").append(i).append("\"><esf:properties>");
      property(xml, "kura.service.pid", "logger" + i);
      property(xml, "service.factoryPid", LOGGER);
      property(xml, "note", "instance " + i);
      xml.append("</esf:properties></esf:configuration>\n");
    }
    return xml.append("</esf:configurations>\n").toString();
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("<esf:property array=\"false\" encrypted=\"false\" name=\"")
        .append(name)
        .append("\" type=\"String\"><esf:value>")
        .append(value)
        .append("</esf:value></esf:property>");
  }

  private static Figures measure(BenchContext context, int count)
      throws IOException, InterruptedException, BenchFailure {
    Path folder = Files.createTempDirectory(context.work(), "gateway-");
    GatewayProcess.Plan plan =
        new GatewayProcess.Plan(
            context.install(),
            folder.resolve("home"),
            FreePort.find(),
            Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
            PASSWORD,
            Files.writeString(folder.resolve("seed.xml"), seed(count)),
            context.profile());
    try (GatewayProcess first = GatewayProcess.launch(plan)) {
      first.awaitReady(); // makes keys and caches: not what is measured
      first.stop(STOP);
    }
    long begin = System.nanoTime();
    try (GatewayProcess gateway = GatewayProcess.launch(plan)) {
      awaitAll(gateway);
      double start = (System.nanoTime() - begin) / 1e9;
      double apply = count == 0 ? 0 : apply(gateway, count);
      double rss = gateway.child().figures().residentMegabytes();
      gateway.stop(STOP);
      context.say(
          "%d instances: start %.2f s, apply %.2f s, %.0f MB".formatted(count, start, apply, rss));
      return new Figures(start, apply, rss);
    }
  }

  /** Every configured instance is active: the configuration's health line waits for none. */
  private static void awaitAll(GatewayProcess gateway)
      throws IOException, InterruptedException, BenchFailure {
    gateway.awaitReady();
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      JsonObject state =
          gateway.health().getAsJsonObject("states").getAsJsonObject("core/configuration");
      double waiting = state.getAsJsonObject("figures").get("components.waiting").getAsDouble();
      if (state.get("level").getAsString().equals("OK") && waiting == 0) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new BenchFailure("not all instances are active: " + state);
      }
      Thread.sleep(20);
    }
  }

  private static double apply(GatewayProcess gateway, int count)
      throws IOException, InterruptedException, BenchFailure {
    StringBuilder body = new StringBuilder("{\"configs\":[");
    for (int i = 0; i < count; i++) {
      body.append(i == 0 ? "" : ",")
          .append("{\"pid\":\"logger")
          .append(i)
          .append("\",\"properties\":{\"note\":{\"type\":\"STRING\",\"value\":\"changed\"}}}");
    }
    long begin = System.nanoTime();
    int status =
        gateway
            .send(
                "PUT",
                "/services/configuration/v2/configurableComponents/configurations/_update",
                body.append("]}").toString())
            .statusCode();
    if (status != 200) {
      throw new BenchFailure("the change of " + count + " instances was answered with " + status);
    }
    return (System.nanoTime() - begin) / 1e9;
  }
}
