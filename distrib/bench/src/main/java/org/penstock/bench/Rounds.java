package org.penstock.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs both sides alternately, so that what else the machine does meets both alike; keeps medians. */
public final class Rounds {

  private Rounds() {}

  /** One run of one side: figures by name. */
  @FunctionalInterface
  public interface Side {
    /** Measures once. */
    Map<String, Double> measure() throws IOException, InterruptedException, BenchFailure;
  }

  /**
   * Medians of both sides.
   *
   * @param ours by figure
   * @param peer by figure
   */
  public record Medians(Map<String, Double> ours, Map<String, Double> peer) {}

  /** The median of each figure over the rounds, of one side. */
  public static Map<String, Double> alone(int rounds, Side ours)
      throws IOException, InterruptedException, BenchFailure {
    List<Map<String, Double>> runs = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      runs.add(ours.measure());
    }
    return medians(runs);
  }

  /** Alternates the sides, who goes first too. */
  public static Medians alternate(int rounds, Side ours, Side peer)
      throws IOException, InterruptedException, BenchFailure {
    List<Map<String, Double>> left = new ArrayList<>();
    List<Map<String, Double>> right = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      if (i % 2 == 0) {
        left.add(ours.measure());
        right.add(peer.measure());
      } else {
        right.add(peer.measure());
        left.add(ours.measure());
      }
    }
    return new Medians(medians(left), medians(right));
  }

  private static Map<String, Double> medians(List<Map<String, Double>> runs) {
    Map<String, List<Double>> byFigure = new HashMap<>();
    for (Map<String, Double> run : runs) {
      run.forEach(
          (figure, value) -> byFigure.computeIfAbsent(figure, f -> new ArrayList<>()).add(value));
    }
    Map<String, Double> medians = new HashMap<>();
    byFigure.forEach((figure, values) -> medians.put(figure, Samples.of(values).median()));
    return medians;
  }
}
