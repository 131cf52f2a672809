package org.penstock.console.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Who may be at work at a time. The others wait, and hold no thread meanwhile: those of the server
 * stay free for new connections.
 */
final class Turns {

  /** Requests that wait; there are no more connections. */
  static final int MOST_WAITING = OpenConnections.MOST;

  /** At work in all, those that hang included; each holds a thread of the server. */
  static final int MOST_WORKING = 22;

  /** At work of one application, those that hang included. */
  static final int MOST_OF_ONE = 12;

  static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** Who reads for longer than this waits for something and takes no processor: another may begin. */
  static final Duration LONGEST_READ = Duration.ofSeconds(2);

  /** What a request does. */
  enum Kind {
    /** As many as there are processors: however many ask, the data path keeps its share. */
    READ(Math.max(2, Runtime.getRuntime().availableProcessors())),
    /** Waits for a device or changes something. */
    OTHER(16);

    private final int most;

    Kind(int most) {
      this.most = most;
    }

    int most() {
      return most;
    }

    static Kind of(String method, String path) {
      boolean waits = path.endsWith("/value") || path.endsWith("/_read");
      return "GET".equals(method) && !waits ? READ : OTHER;
    }
  }

  /** One request at work. */
  final class Turn {
    private final Kind kind;
    private final String application;
    private final long since = nanos.getAsLong();
    private boolean counts = true;
    private boolean over;

    private Turn(Kind kind, String application) {
      this.kind = kind;
      this.application = application;
    }

    /** The next may begin; further calls do nothing. */
    void end() {
      leave(this);
      beginNext();
    }
  }

  /**
   * One request that waits.
   *
   * @param begin begins its work in another thread; false when its client has gone
   * @param refuse answers in another thread that it waited too long
   */
  private record Waiting(
      Kind kind, String application, long since, Predicate<Turn> begin, Runnable refuse) {}

  private final LongSupplier nanos;
  private final List<Turn> working = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Map<Kind, Integer> counts = new HashMap<>();
  private final Map<String, Integer> applications = new HashMap<>();

  Turns(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A turn at once; empty when one has to wait for it. */
  synchronized Optional<Turn> take(Kind kind, String application) {
    return isFree(kind, application) ? Optional.of(begun(kind, application)) : Optional.empty();
  }

  /** Waits for a turn without a thread; false when too many do. Afterwards, {@link #look} is due. */
  synchronized boolean await(
      Kind kind, String application, Predicate<Turn> begin, Runnable refuse) {
    return waiting.size() < MOST_WAITING
        && waiting.add(new Waiting(kind, application, nanos.getAsLong(), begin, refuse));
  }

  private boolean isFree(Kind kind, String application) {
    return counts.getOrDefault(kind, 0) < kind.most()
        && working.size() < MOST_WORKING
        && load(application) < MOST_OF_ONE;
  }

  private Turn begun(Kind kind, String application) {
    Turn turn = new Turn(kind, application);
    working.add(turn);
    counts.merge(kind, 1, Integer::sum);
    applications.merge(application, 1, Integer::sum);
    return turn;
  }

  private synchronized void leave(Turn turn) {
    if (!turn.over) {
      turn.over = true;
      working.remove(turn);
      pass(turn);
      applications.computeIfPresent(turn.application, (a, n) -> n == 1 ? null : n - 1);
    }
  }

  private void pass(Turn turn) {
    if (turn.counts) {
      turn.counts = false;
      counts.merge(turn.kind, -1, Integer::sum);
    }
  }

  /** To be called each second or so: ends waits and passes on the turns of who reads for long. */
  void look() {
    List<Waiting> late = new ArrayList<>();
    synchronized (this) {
      long now = nanos.getAsLong();
      for (Turn turn : working) {
        if (turn.kind == Kind.READ && now - turn.since > LONGEST_READ.toNanos()) {
          pass(turn);
        }
      }
      waiting.removeIf(w -> now - w.since() > LONGEST_WAIT.toNanos() && late.add(w));
    }
    late.forEach(w -> w.refuse().run());
    beginNext();
  }

  private void beginNext() {
    for (Optional<Runnable> next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
  }

  private synchronized Optional<Runnable> next() {
    Waiting best = null;
    for (Waiting one : waiting) {
      if (isFree(one.kind(), one.application())
          && (best == null || load(one.application()) < load(best.application()))) {
        best = one;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    waiting.remove(best);
    Turn turn = begun(best.kind(), best.application());
    Predicate<Turn> begin = best.begin();
    return Optional.of(
        () -> {
          if (!begin.test(turn)) {
            leave(turn);
          }
        });
  }

  /** Of an application that hangs much is at work already: the others come first. */
  private int load(String application) {
    return applications.getOrDefault(application, 0);
  }

  /** Refuses whoever waits. */
  void close() {
    List<Waiting> all;
    synchronized (this) {
      all = List.copyOf(waiting);
      waiting.clear();
    }
    all.forEach(w -> w.refuse().run());
  }
}
