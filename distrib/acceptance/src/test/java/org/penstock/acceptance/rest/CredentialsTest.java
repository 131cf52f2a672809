package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;

/** Without it who was sent away could stay, by a session or a token that he got before. */
class CredentialsTest {

  private static final String IDENTITIES = "/services/identity/v2/identities";
  private static final String FIRST = "a first password 1";
  private static final String SECOND = "a second password 2";

  @TempDir static Path folder;

  private static Gateway gateway;

  /** A session as a browser has it. */
  private record Session(String cookie, String xsrf) {
    HttpRequest.Builder request(String path) {
      return gateway.request(path).header("Cookie", cookie).header("X-XSRF-Token", xsrf);
    }

    int status() {
      return gateway.send(request("/services/session/v1/currentIdentity").GET()).statusCode();
    }
  }

  @BeforeAll
  static void start() {
    gateway = new Gateway(folder, null).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void make(String name) {
    HttpResponse<String> made = gateway.send("POST", IDENTITIES, "{\"name\":\"" + name + "\"}");
    assertEquals(200, made.statusCode(), made.body());
    password(name, FIRST, true);
  }

  private static void password(String name, String password, boolean enabled) {
    String given = password == null ? "" : ",\"password\":\"" + password + "\"";
    String identity =
        "{\"identity\":{\"name\":\"%s\"},\"permissionConfiguration\":{\"permissions\":"
            + "[{\"name\":\"rest.assets\"},{\"name\":\"rest.position\"}]},"
            + "\"passwordConfiguration\":{\"passwordChangeNeeded\":false,"
            + "\"passwordAuthEnabled\":%s%s}}";
    HttpResponse<String> done =
        gateway.send("PUT", IDENTITIES, identity.formatted(name, enabled, given));
    assertEquals(200, done.statusCode(), done.body());
  }

  private static void delete(String name) {
    HttpResponse<String> gone = gateway.send("DELETE", IDENTITIES, "{\"name\":\"" + name + "\"}");
    assertEquals(200, gone.statusCode(), gone.body());
  }

  private static Session login(String name) {
    HttpResponse<String> in =
        gateway.send(
            gateway
                .request("/services/session/v1/login/password")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"username\":\"" + name + "\",\"password\":\"" + FIRST + "\"}")));
    assertEquals(200, in.statusCode(), in.body());
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    HttpResponse<String> token =
        gateway.send(
            gateway.request("/services/session/v1/xsrfToken").header("Cookie", cookie).GET());
    return new Session(cookie, member(token, "xsrfToken"));
  }

  private static String member(HttpResponse<String> answer, String name) {
    return JsonParser.parseString(answer.body()).getAsJsonObject().get(name).getAsString();
  }

  private static HttpResponse<String> issue(String who, String permission, int days) {
    return gateway.send(
        gateway
            .request("/api/v1/tokens")
            .header("Authorization", who)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"name\":\"t\",\"days\":%d,\"permissions\":[\"%s\"]}"
                        .formatted(days, permission))));
  }

  private static String token(String who, String permission) {
    HttpResponse<String> made = issue(who, permission, 1);
    assertEquals(201, made.statusCode(), made.body());
    return "Bearer " + member(made, "secret");
  }

  private static String basic(String name, String password) {
    String pair = name + ":" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static int status(String who) {
    return gateway
        .send(
            gateway
                .request("/services/session/v1/currentIdentity")
                .header("Authorization", who)
                .GET())
        .statusCode();
  }

  @Test
  void aNewPasswordByAnAdministratorEndsTheSessionsAndLeavesTheTokens() {
    make("anna");
    Session session = login("anna");
    String token = token(basic("anna", FIRST), "rest.assets");
    assertEquals(200, session.status());
    password("anna", SECOND, true);
    assertEquals(401, session.status(), "the session of the old password");
    assertEquals(200, status(token), "a token has a secret of its own");
    assertEquals(401, status(basic("anna", FIRST)));
    Await.until( // who guessed wrong is not looked at for a moment
        Duration.ofSeconds(60),
        () -> "the new password gives " + status(basic("anna", SECOND)),
        () -> status(basic("anna", SECOND)) == 200);
  }

  @Test
  void anIdentityThatIsDisabledLosesSessionsAndTokens() {
    make("bert");
    Session session = login("bert");
    String token = token(basic("bert", FIRST), "rest.assets");
    password("bert", null, false);
    assertEquals(401, session.status());
    assertEquals(401, status(token));
    password("bert", FIRST, true);
    assertEquals(401, session.status(), "enabled again");
    assertEquals(401, status(token), "enabled again");
  }

  @Test
  void anIdentityThatIsDeletedAndMadeAnewHasNeitherSessionsNorTokensOfBefore() {
    make("cleo");
    Session session = login("cleo");
    String token = token(basic("cleo", FIRST), "rest.assets");
    delete("cleo");
    assertEquals(401, session.status());
    assertEquals(401, status(token));
    make("cleo");
    assertEquals(401, session.status(), "made anew");
    assertEquals(401, status(token), "made anew");
  }

  @Test
  void anEventStreamEndsWithThePasswordItWasBegunWith() throws Exception {
    make("dora");
    var stream =
        gateway.stream(
            gateway
                .request("/api/v1/events?types=values")
                .header("Authorization", basic("dora", FIRST))
                .timeout(Duration.ofSeconds(60)));
    assertEquals(200, stream.statusCode());
    password("dora", SECOND, true);
    CompletableFuture.runAsync(() -> drain(stream.body())).get(30, TimeUnit.SECONDS);
  }

  private static void drain(java.io.InputStream in) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      while (lines.readLine() != null) {
        // beats
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aTokenMintsNoLongerAndNoBroaderOne() {
    make("emil");
    String token = token(basic("emil", FIRST), "rest.assets");
    HttpResponse<String> longer = issue(token, "rest.assets", 30);
    assertEquals(400, longer.statusCode(), longer.body());
    assertTrue(longer.body().contains("at most until"), longer.body());
    HttpResponse<String> broader = issue(token, "rest.position", 1);
    assertEquals(400, broader.statusCode(), broader.body());
    assertTrue(broader.body().contains("rest.position"), broader.body());
    HttpResponse<String> all = issue(token, "*", 1);
    assertEquals(400, all.statusCode(), all.body());

    HttpResponse<String> same = issue(token, "rest.assets", 1);
    assertEquals(400, same.statusCode(), "a day from now is later than a day from then");
    assertTrue(Instant.parse(ends(token)).isAfter(Instant.now()));

    String month = "Bearer " + member(issue(basic("emil", FIRST), "rest.assets", 30), "secret");
    HttpResponse<String> shorter = issue(month, "rest.assets", 29);
    assertEquals(201, shorter.statusCode(), shorter.body());
  }

  private static String ends(String token) {
    HttpResponse<String> list =
        gateway.send(gateway.request("/api/v1/tokens").header("Authorization", token).GET());
    return JsonParser.parseString(list.body())
        .getAsJsonObject()
        .getAsJsonArray("tokens")
        .get(0)
        .getAsJsonObject()
        .get("expires")
        .getAsString();
  }
}
