package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Tables of channels over REST on the product, with the library as it is packed into the bundle. */
class TagTablesTest {

  private static final int MOST = 50_000;

  /** Applying all of them takes two cores for themselves; that is for the long suite. */
  private static final int APPLIED = Boolean.getBoolean("penstock.all") ? MOST : 5_000;

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
  void aWrongCellOfFiftyThousandChannelsChangesNothingAndARightTableIsApplied() {
    HttpResponse<String> wrong = load(table(MOST, "nonsense"), "csv");
    assertEquals(422, wrong.statusCode(), wrong::body);
    JsonObject report = JsonParser.parseString(wrong.body()).getAsJsonObject();
    JsonObject problem = report.getAsJsonArray("problems").get(0).getAsJsonObject();
    assertEquals(31_337, problem.get("row").getAsInt(), wrong::body);
    assertEquals("enabled", problem.get("column").getAsString());
    assertEquals("[\"plant\"]", gateway.get("/services/assets").body());

    long begin = System.nanoTime();
    HttpResponse<String> right = load(table(APPLIED, "true"), "csv");
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertEquals(200, right.statusCode(), right::body);
    assertTrue(right.body().contains("\"added\":" + APPLIED), right::body);
    assertTrue(took.toSeconds() < 5 * SECONDS, "took " + took);
    String last = "/services/assets/line" + (APPLIED / PER_ASSET - 1);
    Await.until(
        Duration.ofSeconds(30),
        () -> gateway.get(last).body(),
        () -> gateway.get(last).body().contains("tag" + (PER_ASSET - 1)));
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
      text.append(',').append(i + 2 == 31_337 ? enabledInRow31337 : "true");
      text.append(",READ,DOUBLE,counter/c").append(i).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** If deleted: a class that the packed library needs could be missing, and nobody notice. */
  @Test
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
