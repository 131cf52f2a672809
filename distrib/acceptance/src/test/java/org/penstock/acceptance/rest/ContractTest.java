package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;

/**
 * Every operation of the OpenAPI document against every kind of caller and of bad request. Without
 * it an endpoint could be open to the wrong people, or answer nonsense with a stack trace.
 */
@Tag("beside")
class ContractTest {

  /** One operation of the document. */
  private record Operation(String method, String path, JsonObject description) {

    boolean open() {
      return description.has("security");
    }

    boolean hasBody() {
      return description.has("requestBody");
    }

    boolean takesJson() {
      return hasBody()
          && description
              .getAsJsonObject("requestBody")
              .getAsJsonObject("content")
              .has("application/json");
    }

    /** What it takes as a body. */
    String type() {
      String first =
          description
              .getAsJsonObject("requestBody")
              .getAsJsonObject("content")
              .keySet()
              .iterator()
              .next();
      return first.equals("*/*") ? "application/octet-stream" : first;
    }

    List<String> permissions() {
      List<String> names = new ArrayList<>();
      for (JsonElement name : description.getAsJsonArray("x-permissions")) {
        names.add(name.getAsString());
      }
      return names;
    }

    /** With something that does not exist in place of each parameter. */
    String url() {
      return path.replaceAll("\\{[^}]+}", "no-such-thing");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private static final List<String> ROLES = List.of("view", "operate", "engineer", "admin");

  /** What an engineer may beside names that end in .read, .operate and .engineer. */
  private static final Set<String> ENGINEERS =
      Set.of(
          "rest.assets",
          "rest.cloudconnection",
          "rest.configuration",
          "rest.deploy",
          "rest.inventory",
          "rest.system",
          "rest.wires.admin",
          "kura.cloud.connection.admin",
          "kura.device",
          "kura.packages.admin",
          "kura.wires.admin");

  @TempDir static Path folder;

  private static Gateway gateway;
  private static final Map<String, String> TOKENS = new LinkedHashMap<>();
  private static String cookie;
  private static JsonObject document;

  @BeforeAll
  static void start() {
    gateway = new Gateway(folder, null).start();
    for (String role : ROLES) {
      HttpResponse<String> made =
          gateway.send(
              "POST",
              "/api/v1/tokens",
              "{\"name\":\"t\",\"days\":1,\"permissions\":[\"role." + role + "\"]}");
      TOKENS.put(
          role,
          "Bearer "
              + JsonParser.parseString(made.body()).getAsJsonObject().get("secret").getAsString());
    }
    HttpResponse<String> login =
        gateway.send(
            gateway
                .request("/services/session/v1/login/password")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"admin\",\"password\":\"" + Gateway.PASSWORD + "\"}")));
    cookie = login.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    document = JsonParser.parseString(gateway.get("/api/v1/openapi.json").body()).getAsJsonObject();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonElement> path : document.getAsJsonObject("paths").entrySet()) {
      for (Map.Entry<String, JsonElement> one : path.getValue().getAsJsonObject().entrySet()) {
        all.add(
            new Operation(
                one.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                one.getValue().getAsJsonObject()));
      }
    }
    return all;
  }

  private static HttpResponse<String> call(Operation operation, String body, String... headers) {
    HttpRequest.Builder request = gateway.request(operation.url());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    if (body != null && !List.of(headers).contains("Content-Type")) {
      request.header("Content-Type", operation.type());
    }
    return gateway.send(
        request.method(
            operation.method(),
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body)));
  }

  private static void expect(HttpResponse<String> answer, String who, Integer... statuses) {
    assertTrue(
        List.of(statuses).contains(answer.statusCode()),
        () -> who + " got " + answer.statusCode() + ": " + answer.body());
    checkError(answer);
  }

  /** Every refusal has words, and those below /api are problem details. */
  private static void checkError(HttpResponse<String> answer) {
    if (answer.statusCode() < 400) {
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("text/plain")) {
      assertFalse(answer.body().isBlank(), "no words");
      return;
    }
    JsonObject body = JsonParser.parseString(answer.body()).getAsJsonObject();
    if (body.has("problems") || body.has("failures")) {
      return; // a table's rows, or a batch's parts, each with its own words
    }
    assertTrue(body.has("message"), answer.body());
    if (answer.request().uri().getPath().startsWith("/api/")) {
      assertTrue(type.startsWith("application/problem+json"), type);
      assertTrue(body.get("status").getAsInt() == answer.statusCode(), answer.body());
    }
  }

  private static String body(Operation operation) {
    return operation.hasBody() ? "{\"nothing\":\"of it\"}" : null;
  }

  private static boolean mayByRole(Operation operation, String role) {
    if (role.equals("admin") || operation.permissions().isEmpty()) {
      return true;
    }
    int level = ROLES.indexOf(role);
    return operation.permissions().stream()
        .anyMatch(
            p ->
                p.endsWith(".read")
                    || p.equals("rest.position")
                    || level >= 1 && p.endsWith(".operate")
                    || level >= 2 && (p.endsWith(".engineer") || ENGINEERS.contains(p)));
  }

  @TestFactory
  List<DynamicTest> whoIsNotLoggedInGetsNothing() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : operations()) {
      if (!operation.open()) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () -> {
                  expect(call(operation, body(operation)), "nobody", 401);
                  expect(
                      call(operation, body(operation), "Authorization", "Bearer pst_x_y"),
                      "a wrong token",
                      401);
                  expect(
                      call(operation, body(operation), "Cookie", "JSESSIONID=expired"),
                      "an expired session",
                      401);
                }));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> aSessionNeedsItsToken() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : operations()) {
      boolean safe =
          operation.method().equals("GET")
              && (operation.path().startsWith("/api/") || operation.path().endsWith("xsrfToken"));
      if (!operation.open() && !safe) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () -> expect(call(operation, body(operation), "Cookie", cookie), "CSRF", 401)));
      }
    }
    return tests;
  }

  /**
   * A POST without anything, as {@code curl -X POST} sends it, was an internal error nearly everywhere: no
   * reader is asked when there is neither body nor media type. Found by a million fuzzed requests.
   */
  @TestFactory
  List<DynamicTest> aBodyThatIsMissingAltogetherIsAskedFor() {
    List<DynamicTest> tests = new ArrayList<>();
    String admin = TOKENS.get("admin");
    for (Operation operation : operations()) {
      if (operation.hasBody()) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () -> expect(call(operation, null, "Authorization", admin), "nothing", 400, 501)));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> eachRoleMayWhatItIsMeantTo() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Operation operation : operations()) {
      if (!operation.open() && !operation.path().endsWith("/events")) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () ->
                    TOKENS.forEach(
                        (role, token) -> {
                          HttpResponse<String> answer =
                              call(operation, body(operation), "Authorization", token);
                          if (mayByRole(operation, role)) {
                            assertTrue(
                                answer.statusCode() != 401,
                                () -> role + " got 401: " + answer.body());
                            boolean lacks = answer.body().contains("lacks the permission");
                            assertFalse(lacks, () -> role + " is refused: " + answer.body());
                            assertTrue(
                                answer.statusCode() != 500 || isKnown(operation),
                                () -> role + " got 500: " + answer.body());
                            checkError(answer);
                          } else {
                            expect(answer, role, 403);
                          }
                        })));
      }
    }
    return tests;
  }

  /** Kura answers 500 where it has nothing to say: no position, no snapshot to go back to. */
  private static boolean isKnown(Operation operation) {
    return operation.path().startsWith("/services/position/")
        || operation.path().endsWith("_rollback")
        || operation.path().startsWith("/services/inventory/");
  }

  @TestFactory
  List<DynamicTest> whatIsNotThereIsSaid() {
    List<DynamicTest> tests = new ArrayList<>();
    String admin = TOKENS.get("admin");
    for (Operation operation : operations()) {
      if (operation.path().contains("{") && operation.method().equals("GET")) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () -> expect(call(operation, null, "Authorization", admin), "admin", 404, 501)));
      }
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> badBodiesAreRefused() {
    List<DynamicTest> tests = new ArrayList<>();
    String admin = TOKENS.get("admin");
    for (Operation operation : operations()) {
      if (operation.takesJson()) {
        tests.add(
            dynamicTest(
                operation.toString(),
                () -> {
                  expect(
                      call(operation, "{", "Authorization", admin, "Content-Type", "text/xml"),
                      "a body of another type",
                      415,
                      404);
                  for (String bad : new String[] {"", "{", "7", "\"x\""}) {
                    expect(call(operation, bad, "Authorization", admin), "body " + bad, 400, 404);
                  }
                }));
      }
    }
    return tests;
  }

  @Test
  void bodiesThatAreTooLargeAreRefusedUnread() throws java.io.IOException {
    for (Operation operation : operations()) {
      if (operation.hasBody()) {
        String status =
            RawClient.statusOf(
                gateway,
                operation.method()
                    + " "
                    + operation.url()
                    + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                    + TOKENS.get("admin")
                    + "\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n");
        assertTrue(status.contains(" 413 "), operation + " gave " + status);
      }
    }
  }

  @Test
  void thereAreOperationsAtAll() {
    assertTrue(operations().size() > 80, operations().size() + " operations");
    JsonArray security = document.getAsJsonArray("security");
    assertTrue(security.size() == 3, security.toString());
  }
}
