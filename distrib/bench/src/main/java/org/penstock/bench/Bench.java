package org.penstock.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Runs benchmarks and prints a row per figure. Exit status: 0 all ran (whether or not aims were met),
 * 1 one has no figures, 2 wrong command line.
 */
public final class Bench {

  private final PrintStream out;
  private final PrintStream progress;
  private final List<Benchmark> all;

  Bench(PrintStream out, PrintStream progress, List<Benchmark> all) {
    this.out = out;
    this.progress = progress;
    this.all = all;
  }

  /** {@code --install DIR [NAME] [--quick] [--json FILE] [--profile P]}. */
  public static void main(String... args) throws InterruptedException {
    List<Benchmark> all =
        ServiceLoader.load(Benchmark.class).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(Benchmark::name))
            .toList();
    System.exit(new Bench(System.out, System.err, all).run(args));
  }

  int run(String... args) throws InterruptedException {
    List<String> names = all.stream().map(Benchmark::name).toList();
    BenchOptions options;
    try {
      options = BenchOptions.parse(names, args);
    } catch (IllegalArgumentException e) {
      progress.println("penstock: " + e.getMessage());
      return 2;
    }
    int code = 0;
    List<Row> rows = new ArrayList<>();
    for (Benchmark benchmark : all) {
      if (options.name().isEmpty() || options.name().get().equals(benchmark.name())) {
        code = Math.max(code, run(benchmark, options, rows));
      }
    }
    out.print(Table.text(rows));
    try {
      if (options.json().isPresent()) {
        Files.writeString(options.json().get(), Table.json(rows));
      }
    } catch (IOException e) {
      progress.println("penstock: can't write " + options.json().get() + ": " + e);
      return 1;
    }
    return code;
  }

  private int run(Benchmark benchmark, BenchOptions options, List<Row> rows)
      throws InterruptedException {
    String profile = options.profile().orElse(benchmark.profile());
    progress.println("bench " + benchmark.name() + ", profile " + profile);
    try {
      Path work = Files.createTempDirectory("penstock-bench-");
      try {
        BenchContext context =
            new BenchContext(options.install(), work, options.quick(), profile, progress);
        benchmark.run(context).forEach(row -> rows.add(row.in(benchmark.name(), profile)));
      } finally {
        remove(work);
      }
      return 0;
    } catch (BenchFailure | IOException e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      progress.println("penstock: bench " + benchmark.name() + ": " + why);
      return 1;
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
