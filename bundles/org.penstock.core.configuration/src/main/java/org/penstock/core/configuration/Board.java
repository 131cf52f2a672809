package org.penstock.core.configuration;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.penstock.api.configuration.Problem;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the configuration now: logged once when it begins, shown on the health page. */
final class Board {

  private static final Logger LOG = LoggerFactory.getLogger(Board.class);
  private static final int SHOWN = 20;

  private final Clock clock;
  private final Map<String, List<Problem>> problems = new ConcurrentSkipListMap<>();
  private final Map<String, List<Problem>> read = new ConcurrentHashMap<>();
  private final Set<String> expected = ConcurrentHashMap.newKeySet();
  private final Set<Problem> announced = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> stage;
  private final AtomicReference<Supplier<Waiting>> waiting =
      new AtomicReference<>(() -> new Waiting(List.of(), List.of()));
  private final AtomicReference<HealthState> shown;

  /**
   * Components that are configured and not there.
   *
   * @param starting are expected any moment
   * @param stuck with the reason why nobody knows when they come
   */
  record Waiting(List<String> starting, List<Problem> stuck) {}

  Board(Clock clock) {
    this.clock = clock;
    String first = "waits for storage, keys and threads";
    this.stage = new AtomicReference<>(first);
    this.shown =
        new AtomicReference<>(new HealthState(Level.STARTING, first, clock.instant(), Map.of()));
  }

  /** Not ready yet, for this reason. */
  void starting(String reason) {
    stage.set(reason);
  }

  /** The snapshot is applied: from now on only components that are still starting hold things up. */
  void applied(Supplier<Waiting> source) {
    waiting.set(source);
    stage.set("");
  }

  /**
   * What reading a document brought up about one pid; stays until {@link #corrected}. It shows with
   * the next {@link #put}.
   */
  void read(String place, List<Problem> flaws) {
    List<Problem> unexpected = flaws.stream().filter(flaw -> !isExpected(flaw)).toList();
    if (!unexpected.isEmpty()) {
      read.merge(place, unexpected, Board::joined);
    }
  }

  /** The value comes as a text from where no types are: that it is converted is no problem. */
  void expected(String pid, String key) {
    expected.add(pid + '\n' + key);
  }

  /** Somebody gave the pid another configuration. */
  void corrected(String place) {
    read.remove(place);
  }

  /** Replaces what is known about one pid (or file); logs what is new. */
  void put(String place, List<Problem> now) {
    List<Problem> unique = firstOfEach(joined(read.getOrDefault(place, List.of()), now));
    List<Problem> before = unique.isEmpty() ? problems.remove(place) : problems.put(place, unique);
    for (Problem problem : unique) {
      if (before == null || !before.contains(problem)) {
        LOG.warn("Configuration: {}", problem.text());
      }
    }
  }

  /** Logs problems that have not been logged this way before. */
  void announce(List<Problem> stuck) {
    for (Problem problem : stuck) {
      if (announced.add(problem)) {
        LOG.warn("Configuration: {}", problem.text());
      }
    }
  }

  /** The health page's line. Any thread; no I/O. */
  HealthState health() {
    String reason = stage.get();
    Level level = Level.STARTING;
    List<Problem> all = new ArrayList<>();
    problems.values().forEach(all::addAll);
    int stuck = 0;
    if (reason.isEmpty()) {
      Waiting now = waiting.get().get();
      stuck = now.stuck().size();
      if (now.starting().isEmpty()) {
        all.addAll(now.stuck());
        level = all.isEmpty() ? Level.OK : Level.DEGRADED;
        reason = list(all.stream().map(Problem::text).toList());
      } else {
        reason = "components are starting: " + list(now.starting());
      }
    }
    Map<String, Object> figures = Map.of("problems", all.size(), "components.waiting", stuck);
    return remember(level, reason, figures);
  }

  private HealthState remember(Level level, String reason, Map<String, Object> figures) {
    return shown.updateAndGet(
        before -> {
          boolean same = before.level() == level && before.reason().equals(reason);
          Instant since = same ? before.since() : clock.instant();
          return new HealthState(level, reason, since, figures);
        });
  }

  private boolean isExpected(Problem flaw) {
    return flaw.allowed().endsWith("converted")
        && expected.contains(flaw.pid() + '\n' + flaw.attribute());
  }

  private static List<Problem> joined(List<Problem> first, List<Problem> second) {
    List<Problem> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** One problem for each place: the first one found says it best. */
  private static List<Problem> firstOfEach(List<Problem> all) {
    return List.copyOf(
        all.stream()
            .collect(
                Collectors.toMap(
                    p -> p.pid() + '\n' + p.attribute(),
                    p -> p,
                    (first, second) -> first,
                    java.util.LinkedHashMap::new))
            .values());
  }

  private static String list(List<String> texts) {
    String some = texts.stream().limit(SHOWN).collect(Collectors.joining(" | "));
    return texts.size() > SHOWN ? some + " | and " + (texts.size() - SHOWN) + " more" : some;
  }
}
