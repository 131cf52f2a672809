package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;

/** Without it a box could be run with the password that its log shows, or a session be forged. */
class SessionTest {

  private static final String PASSWORD_OF_GATEWAY = Gateway.PASSWORD;
  private static final String SESSION = "/services/session/v1/";

  @TempDir Path folder;

  private static HttpResponse<String> post(
      Gateway gateway, String path, String json, String... headers) {
    HttpRequest.Builder request = gateway.request(path).header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return gateway.send(request.POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private static HttpResponse<String> get(Gateway gateway, String path, String... headers) {
    HttpRequest.Builder request = gateway.request(path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return gateway.send(request.GET());
  }

  private static HttpResponse<String> login(Gateway gateway, String password) {
    return post(
        gateway,
        SESSION + "login/password",
        "{\"username\":\"admin\",\"password\":\"" + password + "\"}");
  }

  private static String cookie(HttpResponse<String> login) {
    assertEquals(200, login.statusCode(), login.body());
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HttpOnly") && cookie.contains("Secure"), cookie);
    assertTrue(cookie.contains("SameSite=Strict"), cookie);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private static String token(Gateway gateway, String cookie) {
    HttpResponse<String> answer = get(gateway, SESSION + "xsrfToken", "Cookie", cookie);
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("xsrfToken").getAsString();
  }

  /** As a genuine Kura answers, see the notes on its REST in the README of console.rest. */
  @Test
  void aSessionNeedsItsTokenAndEndsAtLogout() {
    try (Gateway gateway = new Gateway(folder, null).start()) {
      String cookie = cookie(login(gateway, PASSWORD_OF_GATEWAY));
      assertEquals(401, get(gateway, "/services/assets", "Cookie", cookie).statusCode());
      String token = token(gateway, cookie);
      String[] own = {"Cookie", cookie, "X-XSRF-Token", token};
      assertEquals(200, get(gateway, "/services/assets", own).statusCode());
      String wrong = token.replace(token.charAt(0), token.charAt(0) == 'a' ? 'b' : 'a');
      assertEquals(
          401,
          get(gateway, "/services/assets", "Cookie", cookie, "X-XSRF-Token", wrong).statusCode());
      assertEquals(
          "{\"name\":\"admin\",\"passwordChangeNeeded\":false,\"permissions\":[\"kura.admin\"]}",
          get(gateway, SESSION + "currentIdentity", own).body());
      assertEquals(204, post(gateway, SESSION + "logout", "", own).statusCode());
      assertEquals(401, get(gateway, "/services/assets", own).statusCode());
      HttpResponse<String> refused = login(gateway, "wrong");
      assertEquals(401, refused.statusCode());
      assertEquals(
          "{\"message\":\"Authentication failed as username or password not matching\"}",
          refused.body());
    }
  }

  @Test
  void theGeneratedPasswordClaimsTheBoxOnce() {
    try (Gateway gateway = new Gateway(folder, null).unclaimed().launch()) {
      String line = gateway.process().line("admin password: ", Duration.ofSeconds(60));
      String code = line.substring("admin password: ".length());
      gateway.awaitReady();
      String basic = "Basic " + Base64.getEncoder().encodeToString(("admin:" + code).getBytes());
      HttpResponse<String> early = get(gateway, "/services/assets", "Authorization", basic);
      assertEquals(403, early.statusCode());
      assertTrue(early.body().contains("must be changed first"), early.body());
      HttpResponse<String> login = login(gateway, code);
      assertEquals("{\"passwordChangeNeeded\":true}", login.body());
      String cookie = cookie(login);
      String[] own = {"Cookie", cookie, "X-XSRF-Token", token(gateway, cookie)};
      assertEquals(403, get(gateway, "/services/assets", own).statusCode());
      assertEquals(400, change(gateway, code, "short", own).statusCode());
      assertEquals(400, change(gateway, code, code, own).statusCode());
      assertEquals(204, change(gateway, code, "a password of my own", own).statusCode());
      assertEquals(401, get(gateway, "/services/assets", own).statusCode(), "old session");
      assertEquals(200, login(gateway, "a password of my own").statusCode());
      assertEquals(401, login(gateway, code).statusCode());
      assertFalse(gateway.log().stream().anyMatch(l -> l.contains(code)), "in the log");
      assertFalse(stored(gateway).contains(code), "on disk");
    }
  }

  private static HttpResponse<String> change(
      Gateway gateway, String from, String to, String... headers) {
    String json = "{\"currentPassword\":\"" + from + "\",\"newPassword\":\"" + to + "\"}";
    return post(gateway, SESSION + "changePassword", json, headers);
  }

  private static String stored(Gateway gateway) {
    try {
      return Files.readString(gateway.home().resolve("config/identities.json"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
