package org.penstock.driver.modbus.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.Request;

/**
 * Which request of a link is sent next: the units take turns, a unit that does not answer is skipped.
 * No I/O, no thread, no clock: used by the line's thread, which gives the time in nanoseconds.
 */
final class Schedule {

  /** More requests than this may not wait for one unit. */
  private static final int MOST_WAITING = 10_000;

  private static final long LONGEST_PAUSE_ALONE = 400_000_000L;
  private static final long LONGEST_PAUSE_AMONG_OTHERS = 30_000_000_000L;
  private static final long SHORTEST_REPEAT = 50_000_000L;
  private static final long FIRST_PROBE = 250_000_000L;
  private static final long SHORTEST_PROBE = 20_000_000L;
  private static final long TURNAROUND_AFTER_BROADCAST = 100_000_000L;
  private static final int REPEAT_AFTER_ROUND_TRIPS = 8;

  private final String name;
  private final LinkOptions options;
  private final Window window;
  private final boolean matched;
  private final boolean restsAfterSilence;
  private final Map<Integer, Unit> units = new ConcurrentHashMap<>();
  private final Deque<Unit> turns = new ArrayDeque<>();
  private final List<Exchange> inFlight = new ArrayList<>();
  private int parked;
  private long roundTrip;
  private long fastest;
  private long quietUntil;
  private long answeredAt;

  /**
   * A schedule without requests.
   *
   * @param matched answers tell to which request they belong, so that nothing bad comes of a late one
   */
  Schedule(String name, LinkOptions options, boolean matched) {
    this(name, options, matched, false);
  }

  /**
   * A schedule without requests.
   *
   * @param restsAfterSilence a unit that did not answer in time is left in peace for as long again,
   *     since its late answer could be taken for that of the next request
   */
  Schedule(String name, LinkOptions options, boolean matched, boolean restsAfterSilence) {
    this.name = name;
    this.options = options;
    this.window = new Window(options.window());
    this.matched = matched;
    this.restsAfterSilence = restsAfterSilence;
  }

  LinkState unitState(int unit) {
    return unit(unit).state();
  }

  private Unit unit(int id) {
    return units.computeIfAbsent(
        id, key -> new Unit("driver/modbus " + name + " unit " + key, options.window()));
  }

  /** Puts a request in the queue of its unit, or fails it where waiting makes no sense. */
  void add(Exchange exchange, long now) {
    Unit unit = unit(exchange.unit());
    if (matched && exchange.outstanding() != Exchange.Pace.AS_THE_LINK) {
      unit.window().set(exchange.outstanding());
      window.widen(exchange.outstanding());
    }
    if (unit.skipped(now)) {
      exchange.fail(
          retriable(
              exchange,
              "skipped, no answer since %s: %s"
                  .formatted(unit.state().since(), unit.state().reason())));
    } else if (unit.queue().size() >= MOST_WAITING) {
      exchange.fail(
          retriable(exchange, "too many requests wait; poll less often or fewer channels"));
    } else {
      if (unit.queue().isEmpty()) {
        turns.addLast(unit);
      }
      unit.queue().addLast(exchange);
    }
  }

  /** The request to be sent now, which thereby is in flight; empty when there is none. */
  Optional<Exchange> next(long now) {
    if (inFlight.size() - parked >= window.size() || now - quietUntil < 0) {
      return Optional.empty();
    }
    for (int i = turns.size(); i > 0; i--) {
      Unit unit = turns.removeFirst();
      boolean goes = unit.maySend(now);
      Exchange exchange = goes ? unit.queue().removeFirst() : null;
      if (!unit.queue().isEmpty()) {
        turns.addLast(unit);
      }
      if (goes) {
        unit.sent();
        inFlight.add(exchange);
        return Optional.of(exchange);
      }
    }
    return Optional.empty();
  }

  /** Requests that may be outstanding now: of the link, if its units bear so many. Any thread. */
  int window() {
    int all = units.values().stream().mapToInt(unit -> unit.window().size()).sum();
    return Math.min(window.size(), Math.max(1, all));
  }

  /** Requests that may be outstanding now to this unit. Any thread. */
  int window(int unit) {
    return Math.min(window.size(), unit(unit).window().size());
  }

  /** The request was put on the wire. */
  void sent(Exchange exchange, int transaction, long now) {
    Exchange.Progress progress = exchange.progress();
    progress.transaction = transaction;
    progress.sent = now;
    progress.firstSent = progress.tries == 0 ? now : progress.firstSent;
    Unit unit = unit(exchange.unit());
    if (progress.tries == 0) {
      progress.outstanding = inFlight.size();
      progress.ofUnit = unit.inFlight();
    } else {
      unit.leftOut(progress, answeredAt, window);
    }
    progress.tries++;
    progress.end = progress.firstSent + timeLimit(exchange, unit);
    boolean more =
        matched && exchange.request().repeatable() && progress.tries <= options.repeats();
    if (isProbe(unit)) {
      progress.due = Math.min(progress.end, now + probeTime());
    } else if (unit.absent()) {
      progress.due = progress.end;
    } else {
      progress.due = more ? Math.min(progress.end, now + repeatAfter(exchange)) : progress.end;
    }
  }

  /** On a line without transaction ids, most tries of an absent unit are short: others wait. */
  private long timeLimit(Exchange exchange, Unit unit) {
    boolean brief = !matched && unit.absent() && roundTrip > 0 && !unit.fullTry();
    return brief && units.size() > 1
        ? Math.min(exchange.timeoutNanos(), Math.max(SHORTEST_REPEAT, 4 * roundTrip))
        : exchange.timeoutNanos();
  }

  private long repeatAfter(Exchange exchange) {
    long usual = unit(exchange.unit()).roundTrip();
    return usual == 0
        ? exchange.timeoutNanos() / 2
        : Math.max(SHORTEST_REPEAT, REPEAT_AFTER_ROUND_TRIPS * usual);
  }

  private long probeTime() {
    return fastest == 0
        ? FIRST_PROBE
        : Math.max(SHORTEST_PROBE, REPEAT_AFTER_ROUND_TRIPS * fastest);
  }

  /** Nobody knows whether the unit is there, and there are others who shall not wait for it. */
  private boolean isProbe(Unit unit) {
    return matched && units.size() > 1 && (unit.absent() || unit.neverAnswered());
  }

  /** It came to nothing so far, and asking once more is worth a try. */
  boolean mayRepeatInSilence(Exchange exchange, long now) {
    return !isProbe(unit(exchange.unit())) && mayRepeat(exchange, now);
  }

  /** Its time is over. */
  boolean isOver(Exchange exchange, long now) {
    return exchange.progress().end - now <= 0;
  }

  /** A unit that seems absent is still waited for, but others go on meanwhile. */
  void park(Exchange exchange) {
    exchange.progress().parked = true;
    exchange.progress().due = exchange.progress().end;
    parked++;
  }

  /** Was sent to all units: nobody answers, and all have time to act on it. */
  void broadcast(Exchange exchange, long now) {
    end(exchange);
    quietUntil = now + TURNAROUND_AFTER_BROADCAST;
    exchange.answer(ByteBuffer.wrap(exchange.request().pdu()), now);
  }

  /** False when it is in flight no more: whoever hears of an end may have ended others. */
  private boolean remove(Exchange exchange) {
    boolean was = inFlight.remove(exchange);
    if (was && exchange.progress().parked) {
      exchange.progress().parked = false;
      parked--;
    }
    return was;
  }

  /** It is in flight no more, which says nothing about its unit. */
  private void end(Exchange exchange) {
    if (remove(exchange)) {
      unit(exchange.unit()).ended();
    }
  }

  /** May be put on the wire once more before its time is over. */
  boolean mayRepeat(Exchange exchange, long now) {
    Exchange.Progress progress = exchange.progress();
    return !progress.ended
        && !exchange.probe()
        && exchange.request().repeatable()
        && progress.tries <= options.repeats()
        && !unit(exchange.unit()).absent()
        && !progress.parked
        && now - progress.firstSent < exchange.timeoutNanos();
  }

  /** The request in flight that fits; empty when there is none. */
  Optional<Exchange> inFlight(Predicate<Exchange> which) {
    for (Exchange exchange : inFlight) {
      if (which.test(exchange)) {
        return Optional.of(exchange);
      }
    }
    return Optional.empty();
  }

  int inFlight() {
    return inFlight.size();
  }

  boolean idle() {
    return inFlight.isEmpty() && turns.isEmpty();
  }

  /** An answer that fits came. */
  void answered(Exchange exchange, ByteBuffer pdu, long now) {
    remove(exchange);
    long took = now - exchange.progress().sent;
    fastest = fastest == 0 ? took : Math.min(took, fastest + fastest / 64);
    roundTrip = roundTrip == 0 ? took : roundTrip + (took - roundTrip) / 8;
    Unit unit = unit(exchange.unit());
    unit.answered(now, took, exchange.pauseNanos());
    answeredAt = now;
    Exchange.Progress progress = exchange.progress();
    if (Request.exception(pdu) != ModbusError.DEVICE_BUSY.code()) {
      window.good(progress.outstanding);
      unit.window().good(progress.ofUnit);
    } else if (progress.ofUnit > 1) {
      unit.window().tooMany(progress.ofUnit);
    } else {
      window.tooMany(progress.outstanding);
    }
    exchange.answer(pdu, now);
  }

  /** Its time is over: what else waits for that unit fails too, and the unit may be skipped. */
  void silent(Exchange exchange, long now) {
    if (!remove(exchange)) {
      return;
    }
    Unit unit = unit(exchange.unit());
    if (exchange.probe()) {
      unit.ended();
      exchange.fail(retriable(exchange, "no answer"));
      return;
    }
    unit.leftOut(exchange.progress(), answeredAt, window);
    String reason = "no answer within " + exchange.timeoutNanos() / 1_000_000 + " ms";
    Exchange.Progress progress = exchange.progress();
    unit.silent(
        now,
        restsAfterSilence ? progress.end - progress.firstSent : 0,
        units.size() > 1 ? LONGEST_PAUSE_AMONG_OTHERS : LONGEST_PAUSE_ALONE,
        reason + "; check power, wiring and unit id");
    unit.acquit(window);
    exchange.fail(retriable(exchange, reason));
    turns.remove(unit);
    List<Exchange> others = List.copyOf(unit.queue());
    unit.queue().clear();
    others.forEach(other -> other.fail(retriable(other, reason + " to the request before")));
  }

  /** The answer is unusable; says nothing about whether the unit is there. */
  void failed(Exchange exchange, String reason) {
    end(exchange);
    exchange.fail(retriable(exchange, reason));
  }

  /** The connection is new: reads in flight wait again where their time allows it, others fail. */
  void requeue(String reason, long now) {
    window.tooMany(inFlight.size());
    for (Exchange exchange : List.copyOf(inFlight)) {
      if (mayRepeat(exchange, now)) {
        remove(exchange);
        Unit unit = unit(exchange.unit());
        unit.ended();
        if (unit.queue().isEmpty()) {
          turns.addFirst(unit);
        }
        unit.queue().addFirst(exchange);
      } else {
        failed(exchange, reason);
      }
    }
  }

  /** Fails everything, in flight or waiting. */
  void failAll(String reason) {
    for (Exchange exchange : List.copyOf(inFlight)) {
      failed(exchange, reason);
    }
    Collection<Unit> waiting = List.copyOf(turns);
    turns.clear();
    for (Unit unit : waiting) {
      List<Exchange> all = List.copyOf(unit.queue());
      unit.queue().clear();
      all.forEach(exchange -> exchange.fail(retriable(exchange, reason)));
    }
  }

  /** Fails what this owner waits for; what is in flight keeps its place until it ends. */
  void release(Object owner) {
    for (Exchange exchange : List.copyOf(inFlight)) {
      if (exchange.owner() == owner) {
        exchange.fail(retriable(exchange, "the driver is stopped"));
      }
    }
    for (Unit unit : List.copyOf(turns)) {
      for (Exchange exchange : List.copyOf(unit.queue())) {
        if (exchange.owner() == owner) {
          unit.queue().remove(exchange);
          exchange.fail(retriable(exchange, "the driver is stopped"));
        }
      }
      if (unit.queue().isEmpty()) {
        turns.remove(unit);
      }
    }
  }

  /** Requests in flight whose time has come. */
  List<Exchange> due(long now) {
    return inFlight.stream().filter(exchange -> exchange.progress().due - now <= 0).toList();
  }

  /** When something has to be looked at again; {@code Long.MAX_VALUE} when nothing. */
  long wakeAt(long now) {
    long first = Long.MAX_VALUE;
    for (Exchange exchange : inFlight) {
      first = Math.min(first, exchange.progress().due);
    }
    if (quietUntil - now > 0 && !turns.isEmpty()) {
      first = Math.min(first, quietUntil);
    }
    if (inFlight.size() - parked < window.size()) {
      for (Unit unit : turns) {
        if (unit.notBefore() - now > 0) {
          first = Math.min(first, unit.notBefore());
        }
      }
    }
    return first;
  }

  private DriverException retriable(Exchange exchange, String text) {
    return new DriverException(ErrorKind.RETRIABLE, name + " unit " + exchange.unit(), text);
  }
}
