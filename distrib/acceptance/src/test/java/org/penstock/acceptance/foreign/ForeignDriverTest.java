package org.penstock.acceptance.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;

/**
 * A driver that was built for Kura by somebody else. Without it add-ons could stop to resolve, to be
 * configured, to be polled or to be replaced, and no test of ours against ours would notice.
 */
@Tag("beside")
class ForeignDriverTest {

  private static final String FACTORY = "com.acme.field.driver";
  private static final String PUT = "/services/configuration/v2/configurableComponents/";
  private static final String FACTORIES = "/services/configuration/v2/factoryComponents";

  /** Two looks and an update take about 3 s when nothing else runs. */
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;
  private static Gateway gateway;
  private static ForeignBundle foreign;

  @BeforeAll
  static void start() {
    foreign = new ForeignBundle(folder);
    gateway = new Gateway(folder, null).start();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void isDroppedInInstantiatedPolledWrittenUpdatedReplacedAndRemoved() throws Exception {
    byte[] first = foreign.jar("1.0.0");
    assertEquals(
        Set.of(52), Set.copyOf(ForeignBundle.classVersions(first)), "no class files of Java 8");
    Path file = gateway.home().resolve("deploy/acme.jar");
    BundleJar.drop(file, first);
    Await.until(LIMIT, () -> factories(), () -> factories().contains('"' + FACTORY + '"'));

    instantiate();
    Await.until(LIMIT, () -> "" + read(), () -> "hello".equals(value("say")));
    assertEquals("1.0.0", value("version"));
    assertEquals("32", value("mac"), "javax.crypto without an import");
    Double polls = gateway.figure("field/asset/plant", "polls.achieved");
    Await.until(
        LIMIT,
        () -> "not polled: " + gateway.health(),
        () -> gateway.figure("field/asset/plant", "polls.achieved") >= polls + 3);

    write("21");
    Await.until(LIMIT, () -> "" + read(), () -> "21".equals(value("level")));
    assertAudited("Asset - write plant/level by OPERATOR admin: asked 21, before ");
    assertDefinition();

    update("moin");
    Await.until(LIMIT, () -> "" + read(), () -> "moin".equals(value("say")));

    BundleJar.drop(file, foreign.jar("1.1.0"));
    Await.until(LIMIT, () -> "" + read(), () -> "1.1.0".equals(value("version")));
    assertEquals("moin", value("say"), "its configuration was lost with its replacement");

    Files.delete(file);
    Await.until(
        LIMIT,
        () -> "still there: " + gateway.health(),
        () -> asset().get("reason").getAsString().contains("driver acme1 is not there"));
    Await.until(LIMIT, () -> factories(), () -> !factories().contains('"' + FACTORY + '"'));

    BundleJar.drop(file, first);
    Await.until(LIMIT, () -> "" + read(), () -> "moin".equals(value("say")));
    assertNoErrorInTheLog();
  }

  private static JsonObject asset() {
    return gateway.health().getAsJsonObject("states").getAsJsonObject("field/asset/plant");
  }

  private static void instantiate() {
    assertOk(
        gateway.send(
            "POST",
            FACTORIES,
            "{\"configs\":[{\"pid\":\"acme1\",\"factoryPid\":\"" + FACTORY + "\"}]}"));
    StringBuilder properties = new StringBuilder();
    property(properties, "driver.pid", "STRING", "\"acme1\"");
    property(properties, "poll.interval.ms", "LONG", "100");
    channel(properties, "say", "READ", "STRING", null); // the default of its attribute
    channel(properties, "version", "READ", "STRING", "version");
    channel(properties, "mac", "READ", "STRING", "mac");
    channel(properties, "level", "READ_WRITE", "INTEGER", "written");
    assertOk(
        gateway.send(
            "POST",
            FACTORIES,
            "{\"configs\":[{\"pid\":\"plant\",\"factoryPid\":\"org.eclipse.kura.wire.WireAsset\","
                + "\"properties\":{"
                + properties
                + "}}]}"));
  }

  private static void channel(
      StringBuilder properties, String name, String type, String valueType, String what) {
    property(properties, name + "#+name", "STRING", '"' + name + '"');
    property(properties, name + "#+type", "STRING", '"' + type + '"');
    property(properties, name + "#+value.type", "STRING", '"' + valueType + '"');
    if (what != null) {
      property(properties, name + "#what", "STRING", '"' + what + '"');
    }
  }

  private static void property(StringBuilder all, String key, String type, String json) {
    all.append(all.length() == 0 ? "" : ",")
        .append('"')
        .append(key)
        .append("\":{\"type\":\"")
        .append(type)
        .append("\",\"value\":")
        .append(json)
        .append('}');
  }

  private static void update(String greeting) {
    assertOk(
        gateway.send(
            "PUT",
            PUT + "configurations/_update",
            "{\"configs\":[{\"pid\":\"acme1\",\"properties\":{\"greeting\":{\"type\":\"STRING\","
                + "\"value\":\""
                + greeting
                + "\"}}}]}"));
  }

  private static void write(String value) {
    assertOk(
        gateway.send(
            "POST",
            "/services/assets/plant/_write",
            "{\"channels\":[{\"name\":\"level\",\"type\":\"INTEGER\",\"value\":\""
                + value
                + "\"}]}"));
  }

  /** The attributes that the driver describes with Kura's helper classes show for each channel. */
  private static void assertDefinition() {
    String body =
        gateway
            .send("POST", PUT + "configurations/byPid", "{\"pids\":[\"plant\",\"acme1\"]}")
            .body();
    for (String expected : List.of("\"say#what\"", "\"level#what\"", "\"greeting\"", "hello")) {
      assertTrue(body.contains(expected), () -> expected + " is not in " + body);
    }
  }

  /** Who wrote what stands in the log, whatever way it came. */
  private static void assertAudited(String words) {
    assertTrue(
        gateway.log().stream().anyMatch(line -> line.contains(words)),
        () -> words + " is not in " + gateway.log());
  }

  private static void assertOk(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer::body);
  }

  private static String factories() {
    return gateway.get(FACTORIES).body();
  }

  private static JsonElement read() {
    HttpResponse<String> answer = gateway.get("/services/assets/plant/_read");
    return answer.statusCode() == 200
        ? JsonParser.parseString(answer.body())
        : new JsonPrimitive(answer.body()); // the asset is not there yet
  }

  private static String value(String channel) {
    JsonElement answer = read();
    JsonArray samples = answer.isJsonArray() ? answer.getAsJsonArray() : new JsonArray();
    for (JsonElement sample : samples) {
      JsonElement value = sample.getAsJsonObject().get("value");
      if (channel.equals(sample.getAsJsonObject().get("name").getAsString()) && value != null) {
        return value.getAsString();
      }
    }
    return "";
  }

  private static void assertNoErrorInTheLog() {
    assertEquals(
        List.of(), gateway.log().stream().filter(line -> line.contains(" ERROR ")).toList());
  }
}
