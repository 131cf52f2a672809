package org.penstock.acceptance.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.acceptance.product.Gateway;
import org.penstock.acceptance.product.Seed;

/**
 * Random bodies, paths, queries and headers against every operation: no 500, no hang, no growth.
 * 2,400 requests, a million with {@code --all}. Without it a single odd request could bring a bug to
 * light, or the gateway down.
 */
@Tag("beside")
class FuzzTest {

  private static final int REQUESTS =
      Integer.getInteger(
          "penstock.fuzz.requests", Boolean.getBoolean("penstock.all") ? 1_000_000 : 2_400);
  private static final int WORKERS = Boolean.getBoolean("penstock.all") ? 8 : 4;
  private static final int ADDRESSES = 10;

  /** Both compilers where it is long. */
  private static final String PROFILE = Boolean.getBoolean("penstock.all") ? "medium" : "small";

  private static final double GROWTH = 12e6;

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicLongArray statuses = new AtomicLongArray(600);

  @Test
  void noRequestBringsABugToLight() throws IOException, InterruptedException {
    Seed seed = new Seed().component("toy", "org.penstock.driver.template");
    seed.component("pump1", "org.eclipse.kura.wire.WireAsset", "driver.pid", "toy");
    seed.channel("pump1", "count", "LONG", "address", "counter/a");
    long number = System.nanoTime();
    try (Gateway gateway = new Gateway(folder, seed.xml()).with("--profile", PROFILE).start()) {
      JsonObject document =
          JsonParser.parseString(gateway.get("/api/v1/openapi.json").body()).getAsJsonObject();
      final Set<String> first = components(gateway);
      run(gateway, document, number, REQUESTS / 4);
      remove(gateway, first);
      double before = heap(gateway);
      run(gateway, document, number + WORKERS, REQUESTS - REQUESTS / 4);
      remove(gateway, first);
      double after = heap(gateway);
      assertTrue(after - before < GROWTH, before + " bytes of heap, then " + after);
      assertTrue(gateway.health().get("ready").getAsBoolean());
    }
    long limited = statuses.get(429) + statuses.get(503);
    assertTrue(limited < REQUESTS / 10, limited + " never got to a resource");
    assertTrue(statuses.get(0) < REQUESTS / 50, statuses.get(0) + " had no answer at all");
    long good = statuses.get(200) + statuses.get(204) + statuses.get(404) + statuses.get(400);
    assertTrue(good > REQUESTS / 4, "statuses " + statuses);
    StringBuilder counted = new StringBuilder("fuzz: " + REQUESTS + " requests;");
    for (int status = 0; status < statuses.length(); status++) {
      if (statuses.get(status) > 0) {
        counted.append(' ').append(status).append(": ").append(statuses.get(status));
      }
    }
    System.out.println(counted);
  }

  private static Set<String> components(Gateway gateway) {
    HttpResponse<String> all = gateway.get("/services/configuration/v2/configurableComponents");
    assertEquals(200, all.statusCode(), all::body);
    Set<String> pids = new TreeSet<>();
    for (JsonElement one :
        JsonParser.parseString(all.body()).getAsJsonObject().getAsJsonArray("pids")) {
      pids.add(one.getAsString());
    }
    return pids;
  }

  /** Some requests make components, which rightly take memory: what is left after them is looked at. */
  private static void remove(Gateway gateway, Set<String> first) {
    Set<String> made = components(gateway);
    made.removeAll(first);
    if (!made.isEmpty()) {
      JsonObject pids = new JsonObject();
      pids.add("pids", new Gson().toJsonTree(made));
      gateway.send("DELETE", "/services/configuration/v2/factoryComponents/byPid", pids.toString());
    }
    Set<String> left = components(gateway);
    left.removeAll(first);
    System.out.println("fuzz: " + made.size() + " components were made, left " + left);
  }

  /** What is held after a collection. */
  private static double heap(Gateway gateway) throws IOException, InterruptedException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process collect =
        new ProcessBuilder(tool.toString(), Long.toString(gateway.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(collect.waitFor(60, TimeUnit.SECONDS) && collect.exitValue() == 0, "jcmd failed");
    return gateway.figure("core/jvm", "heap.used.bytes");
  }

  /** A token: a password takes the gateway, rightly, much of its time. */
  private static String login(Gateway gateway) {
    String wish = "{\"name\":\"fuzz\",\"permissions\":[\"kura.admin\"],\"days\":1}";
    HttpResponse<String> made = gateway.send("POST", "/api/v1/tokens", wish);
    assertEquals(201, made.statusCode(), made::body);
    return "Bearer "
        + JsonParser.parseString(made.body()).getAsJsonObject().get("secret").getAsString();
  }

  private void run(Gateway gateway, JsonObject document, long number, int requests)
      throws InterruptedException {
    String login = login(gateway);
    ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        int first = 2 + worker * ADDRESSES;
        Random random = new Random(number + worker);
        all.add(
            workers.submit(
                () -> work(gateway, document, login, random, first, requests / WORKERS)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      wrong.add(e.getCause().toString());
    } finally {
      workers.shutdownNow();
    }
    assertTrue(wrong.isEmpty(), () -> "seed " + number + ": " + wrong.peek());
  }

  private void work(
      Gateway gateway, JsonObject document, String login, Random random, int first, int requests) {
    FuzzRequests source = new FuzzRequests(document, random, login);
    List<FuzzClient> clients = new ArrayList<>();
    for (int i = 0; i < ADDRESSES; i++) {
      clients.add(new FuzzClient(gateway, first + i));
    }
    for (int i = 0; i < requests && wrong.isEmpty(); i++) {
      byte[] request = source.next();
      try {
        FuzzClient.Answer answer = clients.get(i % ADDRESSES).send(request);
        statuses.incrementAndGet(answer.status());
        if (isBug(answer)) {
          wrong.add(text(request) + " gave " + answer);
        }
      } catch (IOException e) {
        wrong.add(text(request) + " gave " + e);
      }
    }
    for (FuzzClient client : clients) {
      try {
        client.close();
      } catch (IOException e) {
        wrong.add(e.toString());
      }
    }
  }

  private static String text(byte[] request) {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    return text.length() > 3000 ? text.substring(0, 3000) + ".." : text;
  }

  /** Kura's 500 of a batch and of a position that nobody knows are answers, with what failed. */
  private static boolean isBug(FuzzClient.Answer answer) {
    return answer.status() == 500
        && !answer.body().startsWith("{\"failures\":[{")
        && !answer.body().contains("Position is not");
  }
}
