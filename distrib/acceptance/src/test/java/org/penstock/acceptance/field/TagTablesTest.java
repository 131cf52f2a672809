package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Tables of channels over REST on the product, with the library as it is packed into the bundle. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("beside")
class TagTablesTest {

  private static final int MOST = 50_000;

  private static final int ROW = 31_337;
  private static final int PER_ASSET = 500;

  /** What it may take when nothing else runs. */
  private static final int SECONDS = 10;

  @TempDir static Path folder;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed =
        new Seed()
            .component("toy", "org.penstock.driver.template")
            .asset("plant", "toy")
            .channel("plant", "version", "STRING", "address", "version");
    gateway = new Gateway(folder, seed.xml()).with("--profile", "large").start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  /** If deleted: an import that is quick in a test could take minutes in the product. */
  @Test
  @Order(1)
  void aWrongCellOfFiftyThousandChannelsChangesNothingAndARightTableIsApplied() {
    refused(load(table(MOST, "nonsense"), "csv"));
    assertEquals("[\"plant\"]", gateway.get("/services/assets").body());
    quick(table(MOST, "true"), "csv", "added");
    String last = "/services/assets/line" + (MOST / PER_ASSET - 1);
    Await.until(
        Duration.ofSeconds(120),
        () -> gateway.get(last).body(),
        () -> gateway.get(last).body().contains("tag" + (PER_ASSET - 1)));
  }

  /** If deleted: the same could be true of workbooks. The one here is the gateway's own, changed. */
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  @Test
  @Order(2)
  void aWrongCellOfAWorkbookChangesNothingAndARightOneIsApplied() throws IOException {
    byte[] book = export("xlsx");
    refused(load(changed(book, "nonsense"), "xlsx"));
    assertEquals("true", cell(export("csv")), "nothing is applied");
    HttpResponse<String> right = load(changed(book, "false"), "xlsx");
    assertEquals(200, right.statusCode(), right::body);
    assertTrue(right.body().contains("\"changed\":1"), right::body);
    Await.until( // the asset takes it in its own time
        Duration.ofSeconds(120),
        () -> "the cell is " + cell(export("csv")),
        () -> "false".equals(cell(export("csv"))));
    byte[] whole = changed(book, "true");
    String pids =
        IntStream.range(0, MOST / PER_ASSET)
            .mapToObj(i -> "\"line" + i + "\"")
            .collect(Collectors.joining(",", "{\"pids\":[", "]}"));
    HttpResponse<String> gone =
        gateway.send("DELETE", "/services/configuration/v2/factoryComponents/byPid", pids);
    assertEquals(200, gone.statusCode(), gone::body);
    Await.until(
        Duration.ofSeconds(120),
        () -> gateway.get("/services/assets").body(),
        () -> "[\"plant\"]".equals(gateway.get("/services/assets").body()));
    quick(whole, "xlsx", "added");
  }

  private static byte[] export(String format) {
    HttpResponse<byte[]> answer =
        gateway.bytes(
            gateway
                .authorised("/api/v1/tags/_export?format=" + format)
                .timeout(Duration.ofSeconds(120))
                .GET());
    assertEquals(200, answer.statusCode());
    return answer.body();
  }

  private static void refused(HttpResponse<String> wrong) {
    assertEquals(422, wrong.statusCode(), wrong::body);
    JsonObject report = JsonParser.parseString(wrong.body()).getAsJsonObject();
    JsonObject problem = report.getAsJsonArray("problems").get(0).getAsJsonObject();
    assertEquals(ROW, problem.get("row").getAsInt(), wrong::body);
    assertEquals("enabled", problem.get("column").getAsString());
  }

  private static void quick(byte[] table, String format, String what) {
    long begin = System.nanoTime();
    HttpResponse<String> right = load(table, format);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(200, right.statusCode(), right::body);
    assertTrue(right.body().contains("\"" + what + "\":" + MOST), right::body);
    assertTrue(took.toSeconds() < 5 * SECONDS, "took " + took);
  }

  /** The "enabled" of row 31,337 of an exported table. */
  private static String cell(byte[] csv) {
    String[] lines = new String(csv, StandardCharsets.UTF_8).split("\r?\n");
    List<String> columns = List.of(lines[0].replace("\uFEFF", "").split("[,;]"));
    return lines[ROW - 1].split("[,;]")[columns.indexOf("enabled")].replace("\"", "");
  }

  /** The workbook with another text in the cell "enabled" of row 31,337. */
  private static byte[] changed(byte[] book, String text) throws IOException {
    Path file = Files.write(folder.resolve("book.xlsx"), book);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipFile in = new ZipFile(file.toFile());
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = in.getInputStream(entry).readAllBytes();
        out.write(
            entry.getName().endsWith("sheet1.xml")
                ? sheet(new String(content, StandardCharsets.UTF_8), text)
                    .getBytes(StandardCharsets.UTF_8)
                : content);
      }
    }
    return bytes.toByteArray();
  }

  private static String sheet(String xml, String text) {
    String csv = new String(export("csv"), StandardCharsets.UTF_8);
    List<String> columns =
        List.of(csv.substring(0, csv.indexOf('\n')).replace("\uFEFF", "").strip().split("[,;]"));
    String place = (char) ('A' + columns.indexOf("enabled")) + String.valueOf(ROW);
    Matcher cell = Pattern.compile("<c r=\"" + place + "\"[^>]*>.*?</c>").matcher(xml);
    assertTrue(cell.find(), "no cell " + place);
    return cell.replaceFirst(
        "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>");
  }

  private static HttpResponse<String> load(byte[] table, String format) {
    HttpRequest.Builder request =
        gateway
            .authorised("/api/v1/tags/_import?format=" + format)
            .timeout(Duration.ofSeconds(120))
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofByteArray(table));
    return gateway.send(request);
  }

  private static byte[] table(int channels, String enabledInRow31337) {
    StringBuilder text =
        new StringBuilder("asset,driver.pid,name,enabled,type,value.type,address\n");
    for (int i = 0; i < channels; i++) {
      text.append("line").append(i / PER_ASSET).append(",toy,tag").append(i % PER_ASSET);
      text.append(',').append(i + 2 == ROW ? enabledInRow31337 : "true");
      text.append(",READ,DOUBLE,counter/c").append(i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** If deleted: a class that the packed library needs could be missing, and nobody notice. */
  @Test
  @Order(3)
  void aWorkbookThatIsExportedIsImportedAgain() {
    HttpResponse<byte[]> book =
        gateway.bytes(gateway.authorised("/api/v1/tags/_export?format=xlsx&asset=plant").GET());
    assertEquals(200, book.statusCode());
    HttpResponse<String> again = load(book.body(), "xlsx");
    assertEquals(200, again.statusCode(), again::body);
    assertTrue(again.body().contains("\"rows\":1"), again::body);
    assertTrue(again.body().contains("\"changed\":0"), again::body);
  }
}
