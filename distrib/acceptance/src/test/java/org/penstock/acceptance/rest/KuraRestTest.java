package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Kura's REST, row by row, with Kura's member names. Our own document is made from our own code and
 * would not notice when both depart from Kura; a script that was written for Kura would.
 */
@Tag("beside")
class KuraRestTest {

  /** One line of {@code kura.tsv}; see its head. */
  private record Row(
      String method, String path, String status, String body, String members, String kept) {

    static Row of(String line) {
      String[] cells = line.split("\t");
      assertEquals(6, cells.length, line);
      return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }

    boolean answeredBy(int code) {
      return status.equals(Integer.toString(code)) || status.equals(code / 100 + "xx");
    }

    @Override
    public String toString() {
      return method + " " + path + " " + status;
    }
  }

  @TempDir static Path folder;

  private static Gateway gateway;
  private static String cookie;
  private static String xsrf;
  private final Map<String, String> known = new HashMap<>();

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    seed.channel("pump1", "target", "DOUBLE", "address", "setpoint/a");
    seed.component(
        "keys",
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        "keystore.path",
        folder.resolve("keys.p12").toString());
    gateway = new Gateway(folder, seed.xml()).start();
    HttpResponse<String> login =
        gateway.send(
            gateway
                .request("/services/session/v1/login/password")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"" + Gateway.PASSWORD + "\"}")));
    assertEquals("{\"passwordChangeNeeded\":false}", login.body());
    cookie = login.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    HttpRequest.Builder token =
        gateway.request("/services/session/v1/xsrfToken").header("Cookie", cookie);
    xsrf = object(gateway.send(token.GET())).get("xsrfToken").getAsString();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject object(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject();
  }

  private static List<Row> rows() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                KuraRestTest.class.getResourceAsStream("kura.tsv"), StandardCharsets.UTF_8))) {
      return lines.lines().filter(l -> !l.startsWith("#")).map(Row::of).toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRowOfKurasRestHasItsAnswer() throws IOException {
    List<Row> rows = rows();
    assertTrue(rows.size() > 100, rows.size() + " rows");
    return rows.stream().map(row -> dynamicTest(row.toString(), () -> checkSoon(row)));
  }

  /** What a row made is there a moment later, when its component has come. */
  private void checkSoon(Row row) {
    boolean reads = row.method().equals("GET") || row.path().endsWith("/configurations");
    if (!reads || row.members().equals("-")) {
      check(row);
      return;
    }
    AtomicReference<AssertionError> last = new AtomicReference<>();
    Await.until(
        Duration.ofSeconds(120),
        () -> String.valueOf(last.get().getMessage()),
        () -> {
          try {
            check(row);
            return true;
          } catch (AssertionError notYet) {
            last.set(notYet);
            return false;
          }
        });
  }

  private void check(Row row) {
    HttpResponse<String> answer = call(row);
    assertTrue(row.answeredBy(answer.statusCode()), answer.statusCode() + ": " + answer.body());
    if (!row.members().equals("-")) {
      JsonElement body = JsonParser.parseString(answer.body());
      for (String member : row.members().split(",")) {
        has(body, member, answer.body());
      }
    }
    if (!row.kept().equals("-")) {
      keep(row.kept(), JsonParser.parseString(answer.body()));
    }
  }

  private HttpResponse<String> call(Row row) {
    HttpRequest.Builder request =
        gateway
            .request("/services/" + row.path())
            .header("Cookie", cookie)
            .header("X-XSRF-Token", xsrf);
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    if (!row.body().equals("-")) {
      request.header("Content-Type", "application/json");
      body = HttpRequest.BodyPublishers.ofString(filled(row.body()));
    }
    return gateway.send(request.method(row.method(), body));
  }

  private String filled(String body) {
    String filled = body;
    for (Map.Entry<String, String> one : known.entrySet()) {
      String quoted = new Gson().toJson(one.getValue());
      filled = filled.replace("{{" + one.getKey() + "}}", quoted.substring(1, quoted.length() - 1));
    }
    return filled;
  }

  /** The member is there; of a list, in each of its elements, of which there is one at least. */
  private static void has(JsonElement element, String member, String all) {
    if (member.isEmpty()) {
      return;
    }
    if (member.startsWith("[]")) {
      JsonArray list = element.getAsJsonArray();
      assertFalse(list.isEmpty(), () -> "nothing in the list: " + all);
      String rest = member.substring(2).replaceFirst("^\\.", "");
      list.forEach(one -> has(one, rest, all));
      return;
    }
    String name = member.split("[.\\[]", 2)[0];
    assertTrue(element.getAsJsonObject().has(name), () -> name + " is missing: " + element);
    has(
        element.getAsJsonObject().get(name),
        member.substring(name.length()).replaceFirst("^\\.", ""),
        all);
  }

  private void keep(String what, JsonElement answer) {
    String[] parts = what.split("=");
    JsonElement value = answer;
    for (String member : parts[1].split("\\.")) {
      value =
          value instanceof JsonArray list
              ? list.get(Integer.parseInt(member))
              : value.getAsJsonObject().get(member);
    }
    known.put(parts[0], value.getAsString());
  }
}
