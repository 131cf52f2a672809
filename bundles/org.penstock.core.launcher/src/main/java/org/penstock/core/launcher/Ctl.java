package org.penstock.core.launcher;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code penstockctl}: the gateway over its REST API, from a terminal or a script. Exit status: 0
 * done, 1 refused or failed, 2 wrong command line, 3 not reached, 4 not allowed, 5 not there.
 */
public final class Ctl {

  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int UNREACHED = 3;
  static final int FORBIDDEN = 4;
  static final int ABSENT = 5;

  /** Every word, for the completion and for the help. */
  static final String WORDS =
      "health bundles packages components snapshots assets flows clouds logs completion";

  private static final String HELP =
      """
      Usage: penstockctl [options] WORD ...

        health                                   levels and reasons
        bundles [start|stop NAME]                what is installed in the framework
        packages [install FILE|URL | remove NAME | journal]
        components [PID] [KEY=VALUE...]          configurations; with pairs: changes them
        snapshots [take | rollback ID]
        assets [ASSET] | read ASSET [CHANNEL...] | write ASSET CHANNEL TYPE VALUE
        flows [NAME]                             graphs; one with the state of its components
        clouds                                   cloud connections
        logs [--follow]                          the last lines; or all to come, until interrupted
        completion                               for bash: eval "$(penstockctl completion)"

      Options: --address URL (PENSTOCK_ADDRESS, https://localhost:8443), --user NAME (PENSTOCK_USER,
      admin), --password-file FILE (PENSTOCK_PASSWORD_FILE), --ca PEM, --json
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final CtlClient client;
  private final boolean json;
  private final Gson pretty = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private Ctl(PrintStream out, PrintStream err, CtlClient client, boolean json) {
    this.out = out;
    this.err = err;
    this.client = client;
    this.json = json;
  }

  /** Called by bin/penstockctl. */
  public static void main(String... args) {
    System.exit(run(System.out, System.err, args));
  }

  static int run(PrintStream out, PrintStream err, String... args) {
    CtlOptions options = CtlOptions.parse(args);
    Deque<String> words = new ArrayDeque<>(options.words());
    if (options.problem().isPresent() || words.isEmpty()) {
      err.print(options.problem().map(p -> "penstockctl: " + p + "\n").orElse("") + HELP);
      return USAGE;
    }
    if ("completion".equals(words.peek())) {
      out.println(
          "complete -W '" + WORDS + " --address --user --password-file --ca --json' penstockctl");
      return 0;
    }
    try {
      CtlClient client =
          new CtlClient(options.address(), options.user(), options.password(), options.ca());
      return new Ctl(out, err, client, options.json()).serve(words);
    } catch (IOException | GeneralSecurityException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      err.println("penstockctl: " + options.address() + " is not reached: " + why);
      return UNREACHED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private int serve(Deque<String> words) throws IOException, InterruptedException {
    String word = words.poll();
    return switch (word) {
      case "health" -> health();
      case "bundles" -> bundles(words);
      case "packages" -> packages(words);
      case "components" -> components(words);
      case "snapshots" -> snapshots(words);
      case "assets" -> assets(words);
      case "flows" -> flows(words);
      case "clouds" -> show(client.get("/services/cloudconnection/v1/instances"));
      case "logs" -> "follow".equals(words.peek()) ? follow() : show(client.get("/api/v1/logs"));
      default -> usage("unknown word " + word);
    };
  }

  private int usage(String what) {
    err.print("penstockctl: " + what + "\n" + HELP);
    return USAGE;
  }

  private int health() throws IOException, InterruptedException {
    CtlClient.Answer answer = client.get("/health");
    if (!json && answer.body().startsWith("{")) {
      JsonObject all = JsonParser.parseString(answer.body()).getAsJsonObject();
      if (all.has("states")) {
        all.getAsJsonObject("states")
            .asMap()
            .forEach(
                (name, state) ->
                    out.printf("%-9s %s %s%n", text(state, "level"), name, text(state, "reason")));
        return answer.status() == 200 ? 0 : FAILED;
      }
    }
    return show(answer);
  }

  private int bundles(Deque<String> words) throws IOException, InterruptedException {
    String what = words.isEmpty() ? "list" : words.poll();
    if (what.equals("list")) {
      return table(
          client.get("/services/inventory/v1/bundles"),
          "bundles",
          "id",
          "state",
          "name",
          "version");
    }
    if (!List.of("start", "stop").contains(what) || words.size() != 1) {
      return usage("bundles start|stop NAME");
    }
    JsonObject body = new JsonObject();
    body.addProperty("name", words.poll());
    return show(client.send("POST", "/services/inventory/v1/bundles/_" + what, body.toString()));
  }

  private int packages(Deque<String> words) throws IOException, InterruptedException {
    String what = words.isEmpty() ? "list" : words.poll();
    switch (what) {
      case "list":
        return table(client.get(base()), "", "name", "version", "signer");
      case "journal":
        return table(
            client.get(base() + "/_journal"), "", "result", "action", "name", "version", "reason");
      case "remove":
        return words.size() == 1
            ? job(client.send("DELETE", base() + "/" + encoded(words.poll()), ""))
            : usage("packages remove NAME");
      case "install":
        return words.size() == 1 ? install(words.poll()) : usage("packages install FILE|URL");
      default:
        return usage("unknown: packages " + what);
    }
  }

  private static String base() {
    return "/api/v1/packages";
  }

  private int install(String source) throws IOException, InterruptedException {
    if (source.matches("https?://.*")) {
      JsonObject body = new JsonObject();
      body.addProperty("url", source);
      return job(client.send("POST", base() + "/_fetch", body.toString()));
    }
    Path file = Path.of(source);
    if (!Files.isReadable(file)) {
      return usage("no readable file at " + file.toAbsolutePath());
    }
    String name = encoded(file.getFileName().toString());
    return job(client.upload(base() + "?file=" + name, file));
  }

  /** Waits for a job's outcome. */
  private int job(CtlClient.Answer answer) throws IOException, InterruptedException {
    if (answer.status() != 202) {
      return show(answer);
    }
    long id = JsonParser.parseString(answer.body()).getAsJsonObject().get("id").getAsLong();
    while (true) {
      CtlClient.Answer state = client.get(base() + "/_jobs/" + id);
      if (state.status() != 200) {
        return show(state);
      }
      JsonObject job = JsonParser.parseString(state.body()).getAsJsonObject();
      if ("ENDED".equals(text(job, "state")) && job.has("outcome")) {
        JsonObject outcome = job.getAsJsonObject("outcome");
        boolean done = "DONE".equals(text(outcome, "result"));
        if (json) {
          out.println(pretty.toJson(outcome));
        } else {
          (done ? out : err)
              .println(
                  text(outcome, "result")
                      + " "
                      + text(outcome, "name")
                      + " "
                      + text(outcome, "version")
                      + " "
                      + text(outcome, "reason"));
        }
        return done ? 0 : FAILED;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private int components(Deque<String> words) throws IOException, InterruptedException {
    String root = "/services/configuration/v2/configurableComponents";
    if (words.isEmpty()) {
      return table(client.get(root + "/pidsWithFactory"), "components", "pid", "factoryPid");
    }
    String pid = words.poll();
    if (words.isEmpty()) {
      return show(
          client.send("POST", root + "/configurations/byPid", "{\"pids\":[" + quoted(pid) + "]}"));
    }
    List<String> pairs = new ArrayList<>(words);
    return CtlComponents.update(client, pid, pairs)
        .map(body -> sent(() -> client.send("PUT", root + "/configurations/_update", body)))
        .orElseGet(() -> usage("components PID KEY=VALUE..., with keys that the component has"));
  }

  private interface Sent {
    CtlClient.Answer send() throws IOException, InterruptedException;
  }

  private int sent(Sent sent) {
    try {
      return show(sent.send());
    } catch (IOException e) {
      err.println("penstockctl: " + e.getMessage());
      return UNREACHED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private int snapshots(Deque<String> words) throws IOException, InterruptedException {
    String root = "/services/configuration/v2/snapshots";
    String what = words.isEmpty() ? "list" : words.poll();
    return switch (what) {
      case "list" -> show(client.get(root));
      case "take" -> show(client.send("POST", root + "/_write", ""));
      case "rollback" ->
          words.isEmpty()
              ? show(client.send("POST", root + "/_rollback", ""))
              : show(
                  client.send("POST", root + "/byId/_rollback", "{\"id\":" + words.poll() + "}"));
      default -> usage("unknown: snapshots " + what);
    };
  }

  private int assets(Deque<String> words) throws IOException, InterruptedException {
    String root = "/services/assets";
    if (words.isEmpty()) {
      return show(client.get(root));
    }
    String what = words.poll();
    if (what.equals("read") && !words.isEmpty()) {
      String asset = encoded(words.poll());
      JsonObject body = new JsonObject();
      JsonArray channels = new JsonArray();
      words.forEach(channels::add);
      body.add("channels", channels);
      return table(
          words.isEmpty()
              ? client.get(root + "/" + asset + "/_read")
              : client.send("POST", root + "/" + asset + "/_read", body.toString()),
          "",
          "name",
          "value",
          "valueType",
          "unit",
          "timestamp");
    }
    if (what.equals("write") && words.size() == 4) {
      String asset = encoded(words.poll());
      JsonObject channel = new JsonObject();
      channel.addProperty("name", words.poll());
      channel.addProperty("type", words.poll());
      channel.addProperty("value", words.poll());
      String body = "{\"channels\":[" + channel + "]}";
      return show(client.send("POST", root + "/" + asset + "/_write", body));
    }
    return words.isEmpty()
        ? show(client.get(root + "/" + encoded(what)))
        : usage("assets read ASSET [CHANNEL...], assets write ASSET CHANNEL TYPE VALUE");
  }

  private int flows(Deque<String> words) throws IOException, InterruptedException {
    String root = "/api/v1/flows";
    return words.isEmpty()
        ? table(client.get(root), "flows", "name", "components", "wires", "missing", "waiting")
        : show(client.get(root + "/" + encoded(words.poll())));
  }

  private int follow() throws IOException, InterruptedException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                client.stream("/api/v1/events?types=logs"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data:")) {
          out.println(line.substring("data:".length()).trim());
          out.flush();
        }
      }
    }
    return 0;
  }

  /** Prints an answer as it is. */
  private int show(CtlClient.Answer answer) {
    boolean good = answer.status() / 100 == 2;
    PrintStream to = good ? out : err;
    if (!good && !json) {
      to.println("penstockctl: " + answer.status() + " " + message(answer.body()));
    } else if (!answer.body().isEmpty()) {
      to.println(formatted(answer.body()));
    }
    return status(answer);
  }

  private static int status(CtlClient.Answer answer) {
    return switch (answer.status()) {
      case 401, 403 -> FORBIDDEN;
      case 404 -> ABSENT;
      default -> answer.status() / 100 == 2 ? 0 : FAILED;
    };
  }

  private String formatted(String body) {
    return body.startsWith("{") || body.startsWith("[")
        ? pretty.toJson(JsonParser.parseString(body))
        : body;
  }

  private static String message(String body) {
    if (body.startsWith("{")) {
      JsonObject object = JsonParser.parseString(body).getAsJsonObject();
      return object.has("message") ? text(object, "message") : body;
    }
    return body;
  }

  /** Prints an array's members as lines of columns; JSON as it is. */
  private int table(CtlClient.Answer answer, String member, String... columns) {
    if (json || answer.status() != 200) {
      return show(answer);
    }
    JsonElement body = JsonParser.parseString(answer.body());
    JsonArray rows =
        member.isEmpty() ? body.getAsJsonArray() : body.getAsJsonObject().getAsJsonArray(member);
    int[] widths = new int[columns.length];
    for (JsonElement row : rows) {
      for (int i = 0; i < columns.length; i++) {
        widths[i] = Math.max(widths[i], text(row, columns[i]).length());
      }
    }
    for (JsonElement row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.length; i++) {
        line.append(String.format("%-" + Math.max(1, widths[i]) + "s  ", text(row, columns[i])));
      }
      out.println(line.toString().stripTrailing());
    }
    return 0;
  }

  private static String text(JsonElement row, String key) {
    JsonElement value = row.getAsJsonObject().get(key);
    return value == null || value.isJsonNull()
        ? ""
        : value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String quoted(String text) {
    return new Gson().toJson(text);
  }
}
