package org.penstock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without it the figures of all benchmarks could be told wrongly. */
class FrameTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  private Bench bench(Benchmark... all) {
    return new Bench(new PrintStream(out), new PrintStream(progress), List.of(all));
  }

  private record Fixed(String name, List<Row> rows) implements Benchmark {
    @Override
    public String profile() {
      return "large";
    }

    @Override
    public List<Row> run(BenchContext context) throws BenchFailure {
      if (rows.isEmpty()) {
        throw new BenchFailure("the peer is missing; install it");
      }
      return rows;
    }
  }

  /** The keys are what others read the file by. */
  @Test
  void jsonHasTheAgreedKeys() throws InterruptedException, IOException {
    Path json = folder.resolve("out.json");
    Row row = Row.of("rate", "1/s", 50).beside("other 1.0", 40).aim(Aim.ratioAtLeast(1.15));
    assertEquals(0, bench(new Fixed("x", List.of(row))).run("x", "--json", json.toString()));
    JsonArray list = JsonParser.parseString(Files.readString(json)).getAsJsonArray();
    JsonObject object = list.get(0).getAsJsonObject();
    assertEquals(
        List.of(
            "bench",
            "figure",
            "unit",
            "ours",
            "peer",
            "peer's name",
            "ratio",
            "aim",
            "met",
            "profile"),
        List.copyOf(object.keySet()));
    assertEquals(1.25, object.get("ratio").getAsDouble());
    assertEquals("ratio >= 1.15", object.get("aim").getAsString());
    assertTrue(object.get("met").getAsBoolean());
    assertEquals("large", object.get("profile").getAsString());
  }

  @Test
  void aRowWithoutPeerAndAimHasHoles() throws InterruptedException {
    bench(new Fixed("x", List.of(Row.of("size", "MB", 12.34567)))).run("--profile", "small");
    assertEquals(
        "x      size    MB    12.35  -     -            -      -    -    small",
        out.toString().split("\n")[1]);
  }

  @Test
  void aMissedAimIsLoudAndDoesNotFail() throws InterruptedException {
    assertEquals(0, bench(new Fixed("x", List.of(Row.of("a", "s", 4.1).aim(Aim.atMost(4))))).run());
    assertTrue(out.toString().contains("<= 4  NO"), out::toString);
  }

  /** A ratio without a peer proves nothing. */
  @Test
  void anAimOnTheRatioIsNotMetWithoutAPeer() {
    assertEquals(false, Row.of("a", "s", 1).aim(Aim.ratioAtMost(2)).met());
    assertNull(Row.of("a", "s", 1).met());
  }

  @Test
  void whatHasNoFiguresFailsAndTheOthersRun() throws InterruptedException {
    int code =
        bench(new Fixed("broken", List.of()), new Fixed("x", List.of(Row.of("a", "s", 1)))).run();
    assertEquals(1, code);
    assertTrue(progress.toString().contains("install it"), progress::toString);
    assertTrue(out.toString().contains("x"), out::toString);
  }

  @Test
  void aWrongWordNamesTheRightOnes() throws InterruptedException {
    assertEquals(2, bench(new Fixed("x", List.of())).run("y"));
    assertTrue(progress.toString().contains("there are x and --quick"), progress::toString);
  }

  @Test
  void sidesTakeTurnsAndMediansAreKept() throws Exception {
    List<String> order = new ArrayList<>();
    double[] next = {5, 1, 3};
    int[] at = {0};
    Rounds.Medians medians =
        Rounds.alternate(
            3,
            () -> {
              order.add("o");
              return Map.of("a", next[at[0]++]);
            },
            () -> {
              order.add("p");
              return Map.of("a", 7.0);
            });
    assertEquals("oppoop", String.join("", order));
    assertEquals(3.0, medians.ours().get("a"));
    assertEquals(7.0, medians.peer().get("a"));
  }

  @Test
  void percentilesAreNearestRank() {
    Samples samples = Samples.of(5, 1, 2, 4, 3, 6, 7, 8, 9, 10);
    assertEquals(5.5, samples.median());
    assertEquals(5, samples.percentile(50));
    assertEquals(10, samples.percentile(99));
    assertEquals(1, samples.percentile(0));
    assertEquals(10, samples.max());
  }
}
