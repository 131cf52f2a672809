package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.eclipse.kura.configuration.Password;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Ports;
import org.penstock.acceptance.product.Seed;

/**
 * A right request to every operation, its status and its body against the OpenAPI document. Without
 * it the document could promise what no answer holds, and an endpoint come that nobody ever called.
 */
@Tag("beside")
class ContractAnswersTest {

  private static final String STREAM = "stream";

  @TempDir static Path folder;

  private static Gateway gateway;
  private static JsonObject document;
  private static String cookie;
  private static String xsrf;
  private final Map<String, String> known = new HashMap<>();

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("field", "org.penstock.driver.modbus", "host", "127.0.0.1", "port", 1);
    seed.component("zb", "org.penstock.driver.zigbee", "port", "tcp://127.0.0.1:1");
    seed.component(
        "lora",
        "org.penstock.driver.lorawan",
        "port",
        Ports.free(),
        "devices",
        "70b3d57ed00000a1 tank abp=49be7df1",
        "keys",
        new Password("70b3d57ed00000a1" + " 0123456789abcdef0123456789abcdef".repeat(2)));
    seed.component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    seed.channel("pump1", "target", "DOUBLE", "address", "setpoint/a");
    seed.component(
        "keys",
        "org.eclipse.kura.core.keystore.FilesystemKeystoreServiceImpl",
        "keystore.path",
        folder.resolve("keys.p12").toString());
    gateway = new Gateway(folder, seed.xml()).start();
    document = JsonParser.parseString(gateway.get("/api/v1/openapi.json").body()).getAsJsonObject();
    HttpResponse<String> login =
        gateway.send(
            "POST",
            "/services/session/v1/login/password",
            "{\"username\":\"admin\",\"password\":\"" + Gateway.PASSWORD + "\"}");
    cookie = login.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    String token =
        gateway
            .send(gateway.request("/services/session/v1/xsrfToken").header("Cookie", cookie))
            .body();
    xsrf = JsonParser.parseString(token).getAsJsonObject().get("xsrfToken").getAsString();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void everyOperationHasARow() {
    Set<String> operations = new TreeSet<>();
    for (Map.Entry<String, JsonElement> path : document.getAsJsonObject("paths").entrySet()) {
      for (String method : path.getValue().getAsJsonObject().keySet()) {
        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    Set<String> rows =
        ContractRow.all().stream().map(ContractRow::operation).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>(operations);
    missing.removeAll(rows);
    assertEquals(Set.of(), missing, "add a row of contract.tsv for each of these");
    Set<String> gone = new TreeSet<>(rows);
    gone.removeAll(operations);
    assertEquals(Set.of(), gone, "rows of contract.tsv whose operations are gone");
  }

  /** The seed and the requests have passwords and keys; who gets the bundle must not get those. */
  @Test
  void theSupportBundleHoldsNoSecret() throws IOException {
    byte[] zip =
        gateway
            .bytes(
                gateway
                    .authorised("/api/v1/support-bundle")
                    .POST(HttpRequest.BodyPublishers.noBody()))
            .body();
    Map<String, String> files = new HashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertTrue(files.get("configuration.json").contains("\"lora\""));
    assertTrue(files.get("logs/penstock.log").length() > 100);
    files.forEach(
        (name, text) -> {
          for (String secret : List.of("0123456789abcdef0123456789abcdef", Gateway.PASSWORD)) {
            assertFalse(text.contains(secret), () -> secret + " in " + name);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> rightRequestsGetTheirAnswers() {
    return ContractRow.all().stream()
        .filter(row -> !row.status().equals(STREAM))
        .map(row -> dynamicTest(row.operation(), () -> check(row)));
  }

  private void check(ContractRow row) {
    JsonObject operation =
        document
            .getAsJsonObject("paths")
            .getAsJsonObject(row.path())
            .getAsJsonObject(row.method().toLowerCase(Locale.ROOT));
    HttpResponse<String> answer = call(row, operation);
    assertEquals(row.status(), Integer.toString(answer.statusCode()), answer::body);
    if (answer.statusCode() < 300) {
      body(operation.getAsJsonObject("responses").getAsJsonObject("2XX"), answer);
      if (row.keeps()) {
        keep(row.kept(), JsonParser.parseString(answer.body()));
      }
    }
  }

  private HttpResponse<String> call(ContractRow row, JsonObject operation) {
    HttpRequest.Builder request = gateway.request(row.url(known));
    switch (row.who()) {
      case "nobody" -> {
        // says nothing of himself
      }
      case "session" -> request.header("Cookie", cookie).header("X-XSRF-Token", xsrf);
      case "-" -> request.header("Authorization", basic("admin:" + Gateway.PASSWORD));
      default -> request.header("Authorization", basic(row.who()));
    }
    if (row.hasBody()) {
      String type =
          operation
              .getAsJsonObject("requestBody")
              .getAsJsonObject("content")
              .keySet()
              .iterator()
              .next();
      request.header("Content-Type", type.equals("*/*") ? "application/octet-stream" : type);
    }
    return gateway.send(
        request.method(
            row.method(),
            row.hasBody()
                ? HttpRequest.BodyPublishers.ofString(row.body(known))
                : HttpRequest.BodyPublishers.noBody()));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** What the document does not describe has no body, or one that is no JSON. */
  private static void body(JsonObject described, HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    JsonObject content = described.getAsJsonObject("content");
    if (content == null) {
      boolean plain = answer.body().isEmpty() || !type.equals("application/json");
      assertTrue(plain, () -> "not in the document: " + answer.body());
      return;
    }
    assertTrue(content.has(type), () -> type + " instead of " + content.keySet());
    if (type.equals("application/json")) {
      JsonElement value = JsonParser.parseString(answer.body());
      JsonObject schema = content.getAsJsonObject(type).getAsJsonObject("schema");
      assertEquals(List.of(), SchemaCheck.faults(document, schema, value), answer::body);
    }
  }

  private void keep(String what, JsonElement answer) {
    String[] parts = what.split("=");
    JsonElement value = answer;
    for (String member : parts[1].split("\\.")) {
      value =
          value instanceof JsonArray array
              ? array.get(Integer.parseInt(member))
              : value.getAsJsonObject().get(member);
    }
    known.put(parts[0], value.getAsString());
  }
}
