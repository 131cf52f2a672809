package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Await;
import org.penstock.acceptance.product.BundleJar;
import org.penstock.acceptance.product.Gateway;

/** Without it an add-on's resource that hangs could take REST from everybody. */
@EnabledIfSystemProperty(named = "penstock.all", matches = "true")
class HangingResourceTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;

  private static Gateway gateway;

  @BeforeAll
  static void start() throws IOException {
    gateway = new Gateway(folder, null).java("-Dpenstock.rest.answer.s=20");
    new BundleJar("acme.hanging", "1.0.0")
        .header("Bundle-Activator", "acme.Start")
        .imports("org.osgi.framework")
        .imports("jakarta.ws.rs;version=\"[3,4)\"")
        .imports("jakarta.annotation.security;version=\"[2,4)\"")
        .source(
            "acme.Start",
            "package acme;\nimport jakarta.ws.rs.*;\nimport org.osgi.framework.*;\n"
                + "public class Start implements BundleActivator {\n"
                + "  public void start(BundleContext c) {\n"
                + "    var p = new java.util.Hashtable<String, Object>();\n"
                + "    p.put(\"penstock.rest\", true);\n"
                + "    c.registerService(Object.class, new Hanging(), p);\n  }\n"
                + "  public void stop(BundleContext c) {}\n"
                + "  @Path(\"api/acme/hanging\")\n"
                + "  @jakarta.annotation.security.RolesAllowed(\"**\")\n"
                + "  public static class Hanging {\n"
                + "    @GET public String get() throws InterruptedException {\n"
                + "      new java.util.concurrent.CountDownLatch(1).await();\n"
                + "      return \"never\";\n    }\n  }\n}\n")
        .to(Files.createDirectories(gateway.home().resolve("deploy")).resolve("hanging.jar"));
    gateway.start();
    Await.until(
        LIMIT,
        () -> "the add-on's resource is not there",
        () -> gateway.get("/api/v1/openapi.json").body().contains("/api/acme/hanging"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** Forty clients ask what hangs: each is answered in the end, and the others meanwhile. */
  @Test
  void whoAsksWhatHangsHoldsNobodyElseUp() throws IOException {
    String pair = "admin:" + Gateway.PASSWORD;
    String request =
        "GET /api/acme/hanging HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic "
            + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))
            + "\r\nConnection: close\r\n\r\n";
    assertEquals(200, gateway.get("/services/assets").statusCode(), "who it is, is known now");
    List<SSLSocket> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        SSLSocket socket = RawClient.connect(gateway, 70);
        hanging.add(socket);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        String status =
            RawClient.statusOf(gateway, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("HTTP/1.1 200 OK", status, "a new connection");
        assertEquals(200, gateway.get("/services/assets").statusCode(), "the user meanwhile");
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      assertTrue(took.toSeconds() < 18, "others waited until what hangs was given up: " + took);
      List<String> answers = new ArrayList<>();
      for (SSLSocket socket : hanging) {
        answers.add(
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
      }
      for (String answer : answers) {
        assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
      }
      assertTrue(
          answers.stream().anyMatch(a -> a.contains("penstock.rest.answer.s")),
          "what to do: " + answers);
    } finally {
      for (SSLSocket socket : hanging) {
        socket.close();
      }
    }
  }
}
