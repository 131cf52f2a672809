package org.penstock.flow.rules.rule;

import com.google.gson.Gson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.penstock.api.job.JobException;
import org.penstock.api.job.Progress;
import org.penstock.api.job.Work;

/**
 * A simulation as a job: the rules as they are and as proposed go through the same values side by side, faster
 * than the values' own time, and can be stopped at any time.
 */
final class SimulationWork implements Work {

  /** More firings of one set of rules than this are not compared. */
  static final int MOST_FIRINGS = 200_000;

  private static final int SHOWN = 1000;
  private static final int LOOK = 256;
  private static final long TELL = 200_000_000;
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  /**
   * What comes of it; of each list no more than the first thousand are in it.
   *
   * @param events values that were looked at
   * @param seconds that the values span
   * @param took seconds
   * @param same how often both sets did the same
   * @param before how often only the rules as they are did something
   * @param after how often only the proposed rules did something
   */
  record Result(
      long events,
      String from,
      String until,
      double seconds,
      double took,
      int same,
      int before,
      int after,
      Simulation.Difference firings) {}

  private final Map<String, RuleDefinition> current;
  private final Map<String, RuleDefinition> proposed;
  private final Supplier<Optional<Simulation.Event>> events;
  private final long count;
  private final long end;

  SimulationWork(
      Map<String, RuleDefinition> current,
      Map<String, RuleDefinition> proposed,
      Supplier<Optional<Simulation.Event>> events,
      long count,
      long end) {
    this.current = current;
    this.proposed = proposed;
    this.events = events;
    this.count = count;
    this.end = end;
  }

  @Override
  public String run(Progress progress) throws InterruptedException, JobException {
    long begin = System.nanoTime();
    long told = begin - TELL;
    Simulation.Course before = new Simulation.Course(current);
    Simulation.Course after = new Simulation.Course(proposed);
    long first = 0;
    long last = end;
    long seen = 0;
    for (var next = events.get(); next.isPresent(); next = events.get()) {
      Simulation.Event event = next.get();
      long at = event.state().at().toEpochMilli();
      first = seen == 0 ? at : Math.min(first, at);
      last = Math.max(last, at);
      before.take(event);
      after.take(event);
      seen++;
      if (seen % LOOK == 0) {
        look(progress, Math.max(before.fired(), after.fired()));
        if (System.nanoTime() - told >= TELL) {
          told = System.nanoTime();
          progress.report(
              (int) (100 * seen / Math.max(1, count)), seen + " of " + count + " values");
        }
      }
    }
    look(progress, Math.max(before.fired(), after.fired()));
    Simulation.Difference all = Simulation.difference(before.end(last), after.end(last));
    return new Gson()
        .toJson(
            new Result(
                seen,
                Instant.ofEpochMilli(first).toString(),
                Instant.ofEpochMilli(last).toString(),
                (last - first) / MILLIS,
                (System.nanoTime() - begin) / NANOS,
                all.same().size(),
                all.onlyBefore().size(),
                all.onlyAfter().size(),
                new Simulation.Difference(
                    shown(all.same()), shown(all.onlyBefore()), shown(all.onlyAfter()))));
  }

  private static void look(Progress progress, int fired) throws InterruptedException, JobException {
    if (progress.cancelled()) {
      throw new InterruptedException("somebody has cancelled the simulation");
    }
    if (fired > MOST_FIRINGS) {
      throw new JobException(
          "the rules fire more than %d times: simulate a shorter time, or fewer rules"
              .formatted(MOST_FIRINGS),
          null);
    }
  }

  private static List<Simulation.Firing> shown(List<Simulation.Firing> all) {
    return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
  }
}
