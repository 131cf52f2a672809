package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.penstock.flow.wires.testkit.ManualStrands;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, noise is sent on, or what matters is not: dead band, throttle, batch, scale, window. */
class ShapingTest {

  private final ManualStrands strands = new ManualStrands();
  private final List<String> out = new ArrayList<>();

  private static Settings settings(Object... keysAndValues) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      properties.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Settings(properties);
  }

  private void take(List<WireRecord> records) {
    if (!records.isEmpty()) {
      out.add(String.join("; ", records.stream().map(Wires::text).toList()));
    }
  }

  private static List<WireRecord> of(Object... keysAndValues) {
    return List.of(Wires.record(keysAndValues));
  }

  @Test
  void deadbandPassesTheFirstThenOnlyWhatMovedFurther() {
    Band band = new Band(settings("deadband.absolute", 1.0), strands);
    take(band.apply(of("assetName", "a", "t", 20.0, "t_timestamp", 1L)));
    take(band.apply(of("assetName", "a", "t", 21.0, "t_timestamp", 2L)));
    take(band.apply(of("assetName", "a", "t", 21.1, "t_timestamp", 3L)));
    take(band.apply(of("assetName", "b", "t", 21.1)));
    assertEquals(
        List.of(
            "assetName=a t=20.0 t_timestamp=1",
            "assetName=a t=21.1 t_timestamp=3",
            "assetName=b t=21.1"),
        out);
  }

  @Test
  void deadbandComparesWithWhatPassedSoThatDriftShows() {
    Band band = new Band(settings("deadband.percent", 10.0), strands);
    for (int i = 0; i < 30; i++) {
      take(band.apply(of("t", 100.0 + i)));
    }
    assertEquals(List.of("t=100.0", "t=111.0", "t=123.0"), out);
  }

  @Test
  void deadbandBreaksSilenceAndTreatsTextByEquality() {
    Band band = new Band(settings("deadband.absolute", 5, "max.silence.ms", 1000), strands);
    take(band.apply(of("t", 1, "s", "on")));
    take(band.apply(of("t", 2, "s", "off")));
    strands.advance(Duration.ofMillis(1000));
    take(band.apply(of("t", 2, "s", "off")));
    assertEquals(List.of("s=on t=1", "s=off", "s=off t=2"), out);
  }

  @Test
  void throttleKeepsTheFirstOrTheNewestOfEachEmitter() {
    Gate first = new Gate(settings("interval.ms", 1000), strands.open("one"), this::take);
    first.arrived("x", of("t", 1));
    first.arrived("x", of("t", 2));
    first.arrived("y", of("t", 3));
    strands.advance(Duration.ofMillis(1000));
    first.arrived("x", of("t", 4));
    assertEquals(List.of("t=1", "t=3", "t=4"), out);
    assertEquals(1L, first.figures().get("dropped"));
    out.clear();
    Gate last =
        new Gate(settings("interval.ms", 1000, "keep", "LAST"), strands.open("two"), this::take);
    for (int i = 0; i < 25; i++) {
      last.arrived("x", of("t", i));
      strands.advance(Duration.ofMillis(100));
    }
    strands.advance(Duration.ofMillis(2000));
    assertEquals(List.of("t=0", "t=9", "t=19", "t=24"), out);
  }

  @Test
  void batchGoesOnWhenFullOrOld() {
    Pile pile =
        new Pile(settings("batch.records", 3, "batch.age.ms", 1000), strands.open("b"), this::take);
    for (int i = 0; i < 4; i++) {
      pile.add(of("t", i));
    }
    strands.advance(Duration.ofMillis(999));
    assertEquals(List.of("t=0; t=1; t=2"), out);
    strands.advance(Duration.ofMillis(1));
    assertEquals(List.of("t=0; t=1; t=2", "t=3"), out);
    pile.add(of("t", 9));
    pile.flush();
    assertEquals("t=9", out.get(2));
  }

  @Test
  void reshapeRenamesWithWhatBelongsAndScales() {
    Shaper shaper =
        Shaper.parse(settings("rename", "t = temp\nx=y", "scale", "temp = 0.1, -40, C\ny=2"));
    take(
        shaper.apply(
            of("assetName", "a", "t", 650, "t_timestamp", 5L, "t_unit", "raw", "x", 1.5f)));
    assertEquals(List.of("assetName=a temp=25.0 temp_timestamp=5 temp_unit=C y=3.0"), out);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Shaper.parse(settings("scale", "temp = fast")))
            .getMessage();
    assertTrue(message.contains("'temp = fast'"), message);
  }

  @Test
  void windowsSumUpBetweenWholeMultiplesForEachAsset() {
    strands.setClock(Instant.ofEpochMilli(10_400));
    Window window =
        new Window(
            settings("window.ms", 1000, "functions", "count, min,max,mean,first,last,sum"),
            strands,
            strands.open("w"),
            this::take);
    window.add(of("assetName", "a", "t", 4, "t_timestamp", 7L));
    window.add(of("assetName", "a", "t", 1));
    window.add(of("assetName", "b", "t", 9.5));
    strands.advance(Duration.ofMillis(600));
    String end = " window.begin=10000 window.end=11000";
    assertEquals(
        "assetName=a t_count=2 t_first=4.0 t_last=1.0 t_max=4.0 t_mean=2.5 t_min=1.0 t_sum=5.0"
            + end
            + "; assetName=b t_count=1 t_first=9.5 t_last=9.5 t_max=9.5 t_mean=9.5 t_min=9.5"
            + " t_sum=9.5"
            + end,
        out.get(0));
    strands.advance(Duration.ofMillis(3000));
    assertEquals(1, out.size(), "nothing arrived, nothing is emitted");
  }

  @Test
  void deviationIsThatOfTheTextbook() {
    Random random = new Random(3);
    Summary summary = new Summary();
    double[] values = random.doubles(1000).map(value -> 1e9 + value).toArray();
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    double squares = java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    java.util.Arrays.stream(values).forEach(summary::add);
    double found = (Double) summary.get(Summary.Function.DEVIATION).getValue();
    assertEquals(Math.sqrt(squares / 999), found, 1e-3);
  }

  @Test
  void whatIsRememberedIsBounded() {
    Recent<Integer> recent = new Recent<>();
    for (int i = 0; i < 3 * Recent.MOST; i++) {
      recent.put("k" + i, i);
    }
    assertEquals(Recent.MOST, recent.size());
  }
}
