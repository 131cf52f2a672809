package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/** Without it one bad client could take the gateway from all others, or guess its way in. */
class AbuseTest {

  private static final int ADDRESSES = 10;
  private static final int GUESSES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component(
        "pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy", "poll.interval.ms", 500L);
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    gateway = new Gateway(folder, seed.xml()).start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String basic(String password) {
    String pair = "admin:" + password;
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** One address: guesses over one connection as fast as the answers come; gives how many got 200. */
  private static int guess(int address) {
    int in = 0;
    try (SSLSocket socket = RawClient.connect(gateway, address);
        BufferedReader answers =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (int i = 0; i < GUESSES; i++) {
        String request =
            "GET /services/assets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
                + basic("guess " + address + " " + i)
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in += status(answers) == 200 ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return in;
  }

  /** Reads one whole answer. */
  private static int status(BufferedReader answers) throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the connection was closed");
    }
    int status = Integer.parseInt(line.split(" ")[1]);
    int length = 0;
    for (String header = answers.readLine(); !header.isEmpty(); header = answers.readLine()) {
      if (header.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    for (int i = 0; i < length; i++) {
      answers.read();
    }
    return status;
  }

  /** 10,000 guesses from 10 addresses: a handful is looked at, the user gets in, polls go on. */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void guessersAreKeptOutAndTheUserIsNot() throws InterruptedException, ExecutionException {
    Double before = gateway.figure("core/security", "logins.evaluated");
    ExecutorService guessers = Executors.newFixedThreadPool(ADDRESSES);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < ADDRESSES; i++) {
        int address = 2 + i;
        all.add(guessers.submit(() -> guess(address)));
      }
      Await.until(
          LIMIT,
          () -> "no guess was looked at",
          () -> gateway.figure("core/security", "logins.evaluated") > before);
      assertEquals(200, gateway.get("/services/assets").statusCode(), "the user meanwhile");
      for (Future<Integer> one : all) {
        assertEquals(0, one.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
    } catch (TimeoutException e) {
      throw new AssertionError("the guesses hang", e);
    } finally {
      guessers.shutdownNow();
    }
    double evaluated = gateway.figure("core/security", "logins.evaluated") - before;
    assertTrue(evaluated <= 40, evaluated + " of 10,000 guesses were looked at");
    double refused = gateway.figure("core/security", "logins.not.looked.at");
    assertTrue(refused >= ADDRESSES * GUESSES - 40, refused + " were not looked at");
    assertEquals(200, gateway.get("/services/assets").statusCode(), "the user afterwards");
    assertEquals("OK", level("field/asset/pump1"));
  }

  private static String level(String source) {
    var states = gateway.health().getAsJsonObject("states");
    return states.has(source)
        ? states.getAsJsonObject(source).get("level").getAsString()
        : states.keySet().toString();
  }

  /** Forty clients that send their bodies byte by byte take nobody else's turn. */
  @Test
  void slowClientsHoldNobodyUp() throws IOException {
    List<SSLSocket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        SSLSocket socket = RawClient.connect(gateway, 1);
        slow.add(socket);
        String request =
            "POST /services/session/v1/logout HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      }
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer = gateway.get("/services/assets");
        assertEquals(200, answer.statusCode(), answer.body());
      }
    } finally {
      for (SSLSocket socket : slow) {
        socket.close();
      }
    }
  }

  /**
   * One address opens more connections than it may, and sends the head of its request byte by byte:
   * what is too much is closed at once, the others when their time is over, and the user gets in.
   */
  @Test
  @EnabledIfSystemProperty(named = "penstock.all", matches = "true")
  void headsThatDripAreCutOff() throws IOException {
    double slow = gateway.figure("console/connections", "connections.too.slow");
    double refused = gateway.figure("console/connections", "connections.refused");
    List<SSLSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 220; i++) {
        open.add(RawClient.connect(gateway, 50));
      }
      int in = 0;
      for (SSLSocket socket : open) {
        in += drips(socket, "GET /services/assets HTTP/1.1\r\nHost: ") ? 1 : 0;
      }
      assertTrue(in <= 200, in + " connections of one address");
      assertEquals(200, gateway.get("/services/assets").statusCode(), "the user meanwhile");
      Await.until(
          LIMIT,
          () -> "still open: " + open.stream().filter(s -> drips(s, "x")).count(),
          () -> open.stream().noneMatch(s -> drips(s, "x")));
    } finally {
      for (SSLSocket socket : open) {
        socket.close();
      }
    }
    double cut = gateway.figure("console/connections", "connections.too.slow") - slow;
    double closed = gateway.figure("console/connections", "connections.refused") - refused;
    assertTrue(closed >= 20, closed + " refused");
    assertTrue(cut + closed >= 220, cut + " cut off, " + closed + " refused");
    assertEquals(200, gateway.get("/services/assets").statusCode(), "the user afterwards");
  }

  /** The bytes are taken; false when the connection is closed. */
  private static boolean drips(SSLSocket socket, String bytes) {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Thirty clients ask for much and read nothing: their answers hold no threads of the server. */
  @Test
  void clientsThatDoNotReadHoldNobodyUp() throws IOException {
    List<SSLSocket> deaf = new ArrayList<>();
    String request =
        "GET /api/v1/openapi.json HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
            + basic(Gateway.PASSWORD)
            + "\r\n\r\n";
    try {
      for (int i = 0; i < 30; i++) {
        SSLSocket socket = RawClient.connect(gateway, 60);
        deaf.add(socket);
        socket.getOutputStream().write(request.repeat(60).getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      }
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> answer = gateway.get("/services/assets");
        assertEquals(200, answer.statusCode(), answer.body());
      }
    } finally {
      for (SSLSocket socket : deaf) {
        socket.close();
      }
    }
  }

  /** What no HTTP client sends is refused without a stack trace, and the gateway lives on. */
  @Test
  void nonsenseIsRefused() throws IOException {
    for (String request :
        List.of(
            "nonsense\r\n\r\n",
            "GET /services/../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /services/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /services/assets/..%2f..%2fetc HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /services/assets;x=y/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /services/assets?%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "GET /services/assets HTTP/1.1\r\nHost: localhost\r\nX: "
                + "x".repeat(100_000)
                + "\r\n\r\n",
            "GET /services/assets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic ====\r\n\r\n",
            "GET /services/assets HTTP/1.1\r\nHost: localhost\r\nCookie: JSESSIONID=\u0000\r\n\r\n",
            "POST /services/assets HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "TRACE /services/assets HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      String status = RawClient.statusOf(gateway, request);
      assertFalse(status.contains(" 200 "), request.lines().findFirst() + " gave " + status);
      assertFalse(status.contains(" 500 "), request.lines().findFirst() + " gave " + status);
    }
    assertEquals(200, gateway.get("/services/assets").statusCode());
  }
}
