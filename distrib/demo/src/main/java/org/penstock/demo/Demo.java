package org.penstock.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the demo and shows what flows. Exit status: 0 ended as asked, and with {@code --check} all counts agree; 1
 * they do not, or something does not work; 2 wrong command line.
 */
public final class Demo {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int QUIET_SECONDS = 3;

  private final PrintStream out;
  private final DemoOptions options;
  private final Theatre theatre;
  private List<String> said = List.of();
  private Stories told = Stories.NONE;

  private Demo(PrintStream out, DemoOptions options, Theatre theatre) {
    this.out = out;
    this.options = options;
    this.theatre = theatre;
  }

  /** {@code --install DIR [--seconds N] [--check] [--profile P]}. */
  public static void main(String... args) throws InterruptedException {
    DemoOptions options;
    try {
      options = DemoOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println("penstock: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(run(options));
  }

  private static int run(DemoOptions options) throws InterruptedException {
    Path folder;
    try {
      folder = Files.createTempDirectory("penstock-demo-");
    } catch (IOException e) {
      System.err.println("penstock: no folder for temporary files: " + e.getMessage());
      return 1;
    }
    Theatre theatre = new Theatre(folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(theatre, folder), "demo/stop"));
    try {
      return new Demo(System.out, options, theatre).play();
    } catch (IOException e) {
      System.err.println("penstock: the demo does not work: " + e.getMessage());
      report(theatre);
      return 1;
    }
  }

  /** After Ctrl-C, too; the terminal has signalled the children already. */
  private static void end(Theatre theatre, Path folder) {
    try {
      theatre.close();
      remove(folder);
    } catch (IOException e) {
      System.err.println("penstock: left behind: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  /** The last lines of the log, since its folder goes with the demo. */
  private static void report(Theatre theatre) {
    Path log = theatre.home().resolve("logs/penstock.log");
    if (Files.isReadable(log)) {
      try {
        List<String> lines = Files.readAllLines(log);
        System.err.println("the gateway's log ends with");
        lines.subList(Math.max(0, lines.size() - 20), lines.size()).forEach(System.err::println);
      } catch (IOException e) {
        System.err.println("its log can't be read: " + e.getMessage());
      }
    }
  }

  private int play() throws IOException, InterruptedException {
    out.println("starting plant, broker and gateway");
    theatre.start(options);
    theatre.cast().forEach(out::println);
    out.println("address           " + theatre.address() + "  (a certificate that it made itself)");
    out.println("user              admin");
    out.println("password          " + theatre.password());
    out.printf(
        "try               curl -k -u admin:%s %s/services/assets/station/_read%n",
        theatre.password(), theatre.address());
    out.println("                  curl -k " + theatre.address() + "/health");
    if (options.seconds().isEmpty()) {
      out.println("Ctrl-C stops all");
    }
    show();
    return options.check() ? check() : 0;
  }

  private void show() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int second = 1; second <= options.seconds().orElse(Integer.MAX_VALUE); second++) {
      long next = begin + TimeUnit.SECONDS.toNanos(second);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
      line();
    }
  }

  private Counts line() throws IOException, InterruptedException {
    String casualty = theatre.casualty();
    if (casualty != null) {
      throw new IOException(casualty);
    }
    Counts counts = theatre.counts();
    out.println(LocalTime.now().format(TIME) + "   " + counts.live());
    List<String> now = theatre.complaints();
    if (!now.equals(said)) {
      now.forEach(line -> out.println("           " + line));
      if (now.isEmpty()) {
        out.println("           all is well again");
      }
      said = now;
    }
    tell();
    return counts;
  }

  private void tell() throws IOException, InterruptedException {
    if (!told.all()) {
      Stories now = theatre.stories();
      now.since(told).forEach(line -> out.println("rule       " + line));
      told = now;
    }
  }

  /** Stops polling, waits until nothing moves any more, compares. */
  private int check() throws IOException, InterruptedException {
    theatre.stopPolling();
    long end = System.nanoTime() + DRAIN_NANOS;
    Counts counts = line();
    int quiet = 0;
    while (quiet < QUIET_SECONDS && System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(1);
      Counts before = counts;
      counts = line();
      quiet = counts.equals(before) && counts.waiting() == 0 ? quiet + 1 : 0;
    }
    out.println(counts.result());
    if (!counts.agree()) {
      report(theatre);
    }
    return counts.agree() ? 0 : 1;
  }
}
