package org.penstock.bench.tags;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.penstock.bench.Aim;
import org.penstock.bench.BenchContext;
import org.penstock.bench.BenchFailure;
import org.penstock.bench.Benchmark;
import org.penstock.bench.Row;
import org.penstock.demo.process.FreePort;
import org.penstock.demo.process.GatewayProcess;

/**
 * 50,000 channels from a table into a running gateway: until the import is answered, applied and
 * stored. Each import meets a gateway that has none of them.
 */
public final class ImportBench implements Benchmark {

  private static final String PASSWORD = "correct horse";
  private static final Duration LIMIT = Duration.ofSeconds(300);
  private static final Duration STOP = Duration.ofSeconds(60);
  private static final String IMPORT = "/api/v1/tags/_import?format=";
  private static final String SEED =
      "<esf:configurations xmlns:esf=\"http://eurotech.com/esf/2.0\"><esf:configuration pid=\"toy\">"
          + "<esf:properties><esf:property array=\"false\" encrypted=\"false\""
          + " name=\"service.factoryPid\" type=\"String\"><esf:value>org.penstock.driver.template"
          + "</esf:value></esf:property></esf:properties></esf:configuration></esf:configurations>\n";

  @Override
  public String name() {
    return "import";
  }

  @Override
  public String profile() {
    return "large";
  }

  @Override
  public List<Row> run(BenchContext context)
      throws IOException, InterruptedException, BenchFailure {
    int channels = context.quick() ? 5_000 : 50_000;
    int each = channels / 100;
    List<Row> rows = new ArrayList<>();
    byte[] book;
    try (GatewayProcess gateway = launch(context)) {
      double csv = load(gateway, "csv", table(channels, each, -1), channels);
      rows.add(row(channels, "100 assets, CSV", csv));
      book =
          gateway
              .bytes("GET", "/api/v1/tags/_export?format=xlsx", "text/plain", new byte[0], LIMIT)
              .body();
      gateway.stop(STOP);
    }
    try (GatewayProcess gateway = launch(context)) {
      double xlsx = load(gateway, "xlsx", book, channels);
      rows.add(row(channels, "100 assets, XLSX", xlsx));
      gateway.stop(STOP);
    }
    try (GatewayProcess gateway = launch(context)) {
      double one = load(gateway, "csv", table(channels, channels, -1), channels);
      rows.add(row(channels, "one asset, CSV", one));
      double cell = load(gateway, "csv", table(channels, channels, 7), channels);
      rows.add(Row.of("one cell of " + channels + " channels of one asset", "s", cell));
      gateway.stop(STOP);
    }
    return rows;
  }

  private static Row row(int channels, String what, double seconds) {
    return Row.of(channels + " channels of " + what, "s", seconds).aim(Aim.atMost(10));
  }

  private static GatewayProcess launch(BenchContext context)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(context.work(), "gateway-");
    GatewayProcess.Plan plan =
        new GatewayProcess.Plan(
            context.install(),
            folder.resolve("home"),
            FreePort.find(),
            Files.writeString(folder.resolve("password"), PASSWORD + "\n"),
            PASSWORD,
            Files.writeString(folder.resolve("seed.xml"), SEED),
            context.profile());
    GatewayProcess gateway = GatewayProcess.launch(plan);
    gateway.awaitReady();
    long begin = System.nanoTime();
    gateway.send(
        "GET",
        "/services/system/v1/properties/framework",
        ""); // hashing the password takes its time
    context.say("login %.2f s".formatted((System.nanoTime() - begin) / 1e9));
    return gateway;
  }

  private static double load(GatewayProcess gateway, String format, byte[] table, int rows)
      throws IOException, InterruptedException, BenchFailure {
    long begin = System.nanoTime();
    HttpResponse<byte[]> answer =
        gateway.bytes("POST", IMPORT + format, "application/octet-stream", table, LIMIT);
    double seconds = (System.nanoTime() - begin) / 1e9;
    String report = new String(answer.body(), StandardCharsets.UTF_8);
    if (answer.statusCode() != 200 || !report.contains("\"applied\":true,\"rows\":" + rows)) {
      throw new BenchFailure("the import was answered with " + answer.statusCode() + " " + report);
    }
    return seconds;
  }

  /** A table in which one channel, by its place, has another address. */
  private static byte[] table(int channels, int each, int changed) {
    StringBuilder text =
        new StringBuilder("asset,driver.pid,name,enabled,type,value.type,address\n");
    for (int i = 0; i < channels; i++) {
      text.append("line").append(i / each).append(",toy,tag").append(i % each);
      text.append(",true,READ,DOUBLE,counter/c").append(i == changed ? channels : i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
