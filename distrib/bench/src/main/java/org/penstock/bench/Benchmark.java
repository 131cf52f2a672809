package org.penstock.bench;

import java.io.IOException;
import java.util.List;

/** One word of {@code ./penstock bench}; found by {@link java.util.ServiceLoader}. */
public interface Benchmark {

  /** The word, lower case, for example {@code start}. */
  String name();

  /** The profile whose figures count: small for start and memory, large for throughput. */
  String profile();

  /**
   * Measures. Where there is a peer, both sides run here, alternated, and medians are told; see {@link
   * Rounds}.
   *
   * @throws BenchFailure when there is nothing to tell, with what is missing and what to do
   */
  List<Row> run(BenchContext context) throws IOException, InterruptedException, BenchFailure;
}
