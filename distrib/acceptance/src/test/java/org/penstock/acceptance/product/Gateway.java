package org.penstock.acceptance.product;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The assembled product as a process of its own. */
public final class Gateway implements AutoCloseable {

  /** Five times what a start takes on a calm machine. */
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration STOP = Duration.ofSeconds(20);

  /** The password of admin, unless {@link #unclaimed}. */
  public static final String PASSWORD = "correct horse battery";

  private static final Path INSTALL =
      Path.of(System.getProperty("penstock.distribution")).toAbsolutePath().normalize();

  private final Path home;
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> variables = new HashMap<>();
  private final HttpClient http;
  private Child child;
  private String address;
  private String javaOptions = "";

  /**
   * Prepares a gateway.
   *
   * @param folder in which its home and its password file are made
   * @param seed text of the seed snapshot, or null
   */
  public Gateway(Path folder, String seed) {
    home = folder.resolve("home");
    try {
      Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
      command.addAll(
          List.of(
              INSTALL.resolve("bin/penstock").toString(),
              "--home",
              home.toString(),
              "--https-port",
              "0",
              "--admin-password-file",
              password.toString()));
      if (seed != null) {
        command.addAll(
            List.of("--seed", Files.writeString(folder.resolve("seed.xml"), seed).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http =
        HttpClient.newBuilder()
            .sslContext(trustingAnyone())
            .connectTimeout(Duration.ofSeconds(5))
            .build();
  }

  /** Adds words to the command line. */
  public Gateway with(String... words) {
    command.addAll(List.of(words));
    return this;
  }

  /** Options of the Java runtime for the next start, in place of those before. */
  public Gateway java(String... options) {
    javaOptions = String.join(" ", options);
    return this;
  }

  /** A variable of its environment. */
  public Gateway variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Leaves the password file out: the gateway generates a password and prints it. */
  public Gateway unclaimed() {
    int at = command.indexOf("--admin-password-file");
    command.remove(at);
    command.remove(at);
    return this;
  }

  /** Starts it and waits for its line {@code ready}; without that line it is not left running. */
  public Gateway start() {
    launch();
    boolean ready = false;
    try {
      awaitReady();
      ready = true;
      return this;
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /** Waits for its line {@code ready}. */
  public Gateway awaitReady() {
    String ready;
    try {
      ready = child.line("ready https://", START);
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "\n" + threads(), late);
    }
    address = ready.substring("ready ".length());
    return this;
  }

  /** Where each of its threads stands. */
  public String threads() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    ProcessBuilder print = new ProcessBuilder(tool.toString(), "" + pid(), "Thread.print");
    try (Child dump = new Child("jcmd", print)) {
      dump.end(Duration.ofSeconds(20));
      return String.join("\n", dump.lines());
    }
  }

  /** Starts it without waiting. */
  public Gateway launch() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    builder.environment().put("PENSTOCK_JAVA_OPTS", javaOptions);
    child = new Child("gateway", builder);
    return this;
  }

  public Child process() {
    return child;
  }

  public long pid() {
    return child.process().pid();
  }

  /** The address of its line {@code ready}. */
  public String address() {
    return address;
  }

  public Path home() {
    return home;
  }

  /** The log file's lines. */
  public List<String> log() {
    try {
      Path log = home.resolve("logs/penstock.log");
      return Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The health page. */
  public JsonObject health() {
    return JsonParser.parseString(send(request("/health").GET()).body()).getAsJsonObject();
  }

  /** One figure of the health page, or null. */
  public Double figure(String source, String name) {
    JsonObject state = health().getAsJsonObject("states").getAsJsonObject(source);
    if (state == null || !state.getAsJsonObject("figures").has(name)) {
      return null;
    }
    return state.getAsJsonObject("figures").get(name).getAsDouble();
  }

  /** GET as admin. */
  public HttpResponse<String> get(String path) {
    return send(authorised(path).GET());
  }

  /** POST or PUT of JSON as admin. */
  public HttpResponse<String> send(String method, String path, String json) {
    return send(
        authorised(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  /** POST of a file as admin. */
  public HttpResponse<String> upload(String path, byte[] content) {
    return send(
        authorised(path)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  /** A request without credentials. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
  }

  /** The port of its HTTPS. */
  public int port() {
    return URI.create(address).getPort();
  }

  /** TLS that trusts its certificate, and any other. */
  public SSLContext tls() {
    return trustingAnyone();
  }

  /** A request as admin. */
  public HttpRequest.Builder authorised(String path) {
    String pair =
        Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    return request(path).header("Authorization", "Basic " + pair);
  }

  /** Sends a request whose answer has no end. */
  public HttpResponse<InputStream> stream(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends any request. */
  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends any request for an answer in bytes. */
  public HttpResponse<byte[]> bytes(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL. */
  public void kill() {
    child.kill();
  }

  /** SIGTERM; gives the exit status. */
  public int stop() {
    return child.terminate(STOP);
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
  }

  private static SSLContext trustingAnyone() {
    X509TrustManager anyone =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("a test has no clients");
          }

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {
            // the gateway's certificate is self-made; one test looks at it
          }

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {anyone}, null);
      KeyStore.getDefaultType();
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
