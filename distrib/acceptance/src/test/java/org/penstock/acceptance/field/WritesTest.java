package org.penstock.acceptance.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Writing with authority on the product. If deleted: hand could be forgotten by a power cut. */
class WritesTest {

  private static final String PUMP = "/api/v1/writes/pump";

  @TempDir static Path folder;
  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed =
        new Seed()
            .component("toy", "org.penstock.driver.template")
            .asset("pump", "toy")
            .channel(
                "pump",
                "speed",
                "INTEGER",
                "address",
                "setpoint/speed",
                "+write.max",
                "100",
                "+write.readback",
                true,
                "+write.hold.ms",
                3_600_000L);
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void operatorsWriteWithinBoundsAndHandOutlastsAKill() {
    Await.until(
        Duration.ofSeconds(120),
        () -> write(50).toString(),
        () -> "WRITTEN".equals(write(50).get("result").getAsString()));
    assertEquals("50", write(50).get("after").getAsString());
    JsonObject refused = write(101);
    assertEquals("REFUSED", refused.get("result").getAsString());
    assertEquals("101 is above +write.max 100", refused.get("reason").getAsString());
    JsonObject held = json(gateway.get(PUMP)).getAsJsonObject("speed");
    assertEquals("OPERATOR", held.get("kind").getAsString());
    assertEquals("admin", held.get("owner").getAsString());

    JsonObject hand =
        json(gateway.send("PUT", PUMP + "/speed/mode", "{\"hand\":true}")).getAsJsonObject("speed");
    assertTrue(hand.get("hand").getAsBoolean());
    gateway.kill();
    gateway.start();
    Await.until(
        Duration.ofSeconds(120),
        () -> gateway.get(PUMP).body(),
        () ->
            gateway.get(PUMP).statusCode() == 200
                && json(gateway.get(PUMP)).toString().contains("\"hand\":true"));
    json(gateway.send("PUT", PUMP + "/speed/mode", "{\"hand\":false}"));
    assertEquals("{}", gateway.get(PUMP).body());
  }

  @Test
  void whatIsWrongIsSaidInWords() {
    Await.until(
        Duration.ofSeconds(120),
        () -> gateway.get(PUMP).body(),
        () -> gateway.get(PUMP).statusCode() == 200);
    assertEquals(404, gateway.get("/api/v1/writes/nix").statusCode());
    HttpResponse<String> text = gateway.send("POST", PUMP, "{\"values\":{\"speed\":\"fast\"}}");
    assertEquals(400, text.statusCode());
    assertTrue(text.body().contains("'fast' is no INTEGER"), text.body());
    HttpResponse<String> unknown = gateway.send("PUT", PUMP + "/sped/mode", "{\"hand\":true}");
    assertEquals(400, unknown.statusCode());
    assertTrue(unknown.body().contains("pump/sped is no channel"), unknown.body());
  }

  private static JsonObject write(int value) {
    HttpResponse<String> answer =
        gateway.send("POST", PUMP, "{\"values\":{\"speed\":\"" + value + "\"}}");
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body()).getAsJsonArray().get(0).getAsJsonObject();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }
}
