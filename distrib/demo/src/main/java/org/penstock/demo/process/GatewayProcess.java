package org.penstock.demo.process;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;

/** The assembled product as a child process, and its REST interface. */
public final class GatewayProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final ChildProcess child;
  private final int port;
  private final String login;
  private final HttpClient http = Loopback.client();

  private GatewayProcess(ChildProcess child, int port, String password) {
    this.child = child;
    this.port = port;
    login =
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * How it is started.
   *
   * @param install the unpacked distribution
   * @param home the state folder
   * @param port of HTTPS, never 0
   * @param passwordFile holds the password of admin
   * @param password the same
   * @param seed the seed snapshot
   * @param profile small, medium or large
   */
  public record Plan(
      Path install,
      Path home,
      int port,
      Path passwordFile,
      String password,
      Path seed,
      String profile) {

    List<String> command() {
      return new ArrayList<>(
          List.of(
              install.resolve("bin/penstock").toString(),
              "--home",
              home.toString(),
              "--https-port",
              Integer.toString(port),
              "--admin-password-file",
              passwordFile.toString(),
              "--seed",
              seed.toString(),
              "--profile",
              profile));
    }
  }

  /** Starts it; does not wait. */
  public static GatewayProcess launch(Plan plan) throws IOException {
    return new GatewayProcess(
        ChildProcess.start("gateway", plan.command()), plan.port(), plan.password());
  }

  /** Waits until it says that it is ready. */
  public void awaitReady() throws IOException, InterruptedException {
    child.await("ready https://", START);
  }

  /** The child itself. */
  public ChildProcess child() {
    return child;
  }

  /** The address to open in a browser. */
  public String address() {
    return "https://localhost:" + port;
  }

  /** HTTP status of the health page, 0 when nobody answers yet. */
  public int healthStatus() throws InterruptedException {
    try {
      return send("GET", "/health", "").statusCode();
    } catch (IOException e) {
      return 0; // not yet listening
    }
  }

  /** The health page. */
  public JsonObject health() throws IOException, InterruptedException {
    try {
      return JsonParser.parseString(send("GET", "/health", "").body()).getAsJsonObject();
    } catch (JsonSyntaxException | IllegalStateException e) {
      throw new IOException("the health page is no JSON object", e);
    }
  }

  /** A figure of a source on a health page. */
  public static OptionalDouble figure(JsonObject health, String source, String figure) {
    JsonObject states = health.getAsJsonObject("states");
    if (states == null || !states.has(source)) {
      return OptionalDouble.empty();
    }
    JsonObject figures = states.getAsJsonObject(source).getAsJsonObject("figures");
    return figures.has(figure)
        ? OptionalDouble.of(figures.get(figure).getAsDouble())
        : OptionalDouble.empty();
  }

  /** A request as admin; the body is JSON, or empty. */
  public HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(ANSWER)
            .header("Authorization", login)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A request as admin whose body and answer are bytes, with a limit of its own. */
  public HttpResponse<byte[]> bytes(
      String method, String path, String type, byte[] body, Duration limit)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(limit)
            .header("Authorization", login)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  /** SIGTERM; SIGKILL after the limit. */
  public int stop(Duration limit) throws InterruptedException {
    return child.stop(limit);
  }

  @Override
  public void close() {
    child.close();
  }
}
