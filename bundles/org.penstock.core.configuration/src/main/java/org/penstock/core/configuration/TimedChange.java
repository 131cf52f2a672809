package org.penstock.core.configuration;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.configuration.ComponentConfiguration;
import org.penstock.api.configuration.Problem;
import org.penstock.api.configuration.TimedApply;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;

/** One change that reverts by itself. Any thread may call. */
final class TimedChange implements TimedApply {

  private static final String PLACE = "timed change";

  /** In place of pids: whatever is changed. */
  private static final Set<String> ALL = Set.of();

  private final Snapshots snapshots;
  private final Rollback rollback;
  private final Changes changes;
  private final StrictCheck check;
  private final TimedMarker marker;
  private final Board board;
  private final Strand strand;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicReference<Waiting> waiting = new AtomicReference<>();

  /** Whoever changes something under a hold takes his own snapshot, or wants none. */
  private record Waiting(Pending pending, long base, Schedule expiry, boolean takesSnapshot) {}

  TimedChange(
      Snapshots snapshots,
      Rollback rollback,
      Changes changes,
      StrictCheck check,
      Board board,
      Strand strand,
      Clock clock) {
    this.snapshots = snapshots;
    this.rollback = rollback;
    this.changes = changes;
    this.check = check;
    this.marker = new TimedMarker(snapshots.book());
    this.board = board;
    this.strand = strand;
    this.clock = clock;
  }

  @Override
  public Pending apply(List<ComponentConfiguration> wanted, Duration limit) throws KuraException {
    requireUsable(limit);
    lock.lock();
    try {
      requireNoOther();
      requireValid(wanted);
      Set<String> pids = new TreeSet<>();
      wanted.forEach(one -> pids.add(one.getPid()));
      long base =
          snapshots.take(Note.by("", "before a timed change of " + String.join(", ", pids)));
      marker.set(new TimedMarker.Mark(base, pids));
      change(wanted, base, pids);
      return waits(pids, base, limit, true);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, PLACE + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private static void requireUsable(Duration limit) throws KuraException {
    if (limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofHours(1)) > 0) {
      throw refused("the time to confirm must be 1 s to 1 h, given: " + limit.toSeconds() + " s");
    }
  }

  private void requireNoOther() throws KuraException {
    Waiting other = waiting.get();
    if (other != null) {
      throw refused(
          "another change waits for its confirmation until "
              + other.pending().until()
              + (other.pending().author().isEmpty() ? "" : ", by " + other.pending().author()));
    }
  }

  private Pending waits(Set<String> pids, long base, Duration limit, boolean takesSnapshot) {
    String token = UUID.randomUUID().toString();
    Pending pending =
        new Pending(token, pids, Note.by("", "").author(), clock.instant().plus(limit));
    Schedule expiry = strand.after(limit, () -> expire(token));
    waiting.set(new Waiting(pending, base, expiry, takesSnapshot));
    return pending;
  }

  @Override
  public Pending hold(Duration limit) throws KuraException {
    requireUsable(limit);
    lock.lock();
    try {
      Waiting other = waiting.get();
      if (other == null) {
        long base = base();
        marker.set(new TimedMarker.Mark(base, ALL));
        return waits(ALL, base, limit, false);
      }
      marker.set(new TimedMarker.Mark(other.base(), ALL));
      Pending was = other.pending();
      Pending wide = new Pending(was.token(), ALL, was.author(), was.until());
      waiting.set(new Waiting(wide, other.base(), other.expiry(), other.takesSnapshot()));
      return wide;
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, PLACE + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Pending hold(Set<String> pids, Duration limit) throws KuraException {
    requireUsable(limit);
    lock.lock();
    try {
      requireNoOther();
      long base = base();
      marker.set(new TimedMarker.Mark(base, pids));
      return waits(pids, base, limit, false);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, PLACE + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** The newest snapshot where it says what is configured now, so that none is taken for nothing. */
  private long base() throws KuraException {
    SortedSet<Long> ids = snapshots.ids();
    return !ids.isEmpty() && changedSince(ids.last()).isEmpty()
        ? ids.last()
        : snapshots.take(Note.by("", "before a change that may be reverted"));
  }

  private Set<String> changedSince(long base) throws KuraException {
    Set<String> changed = new TreeSet<>();
    Differences.between(snapshots.read(base).configurations(), snapshots.now())
        .forEach(one -> changed.add(one.pid()));
    return changed;
  }

  private static KuraException refused(String why) {
    return new KuraException(KuraErrorCode.INVALID_PARAMETER, why);
  }

  private void requireValid(List<ComponentConfiguration> wanted) throws KuraException {
    List<Problem> problems = new ArrayList<>();
    for (ComponentConfiguration one : wanted) {
      Map<String, Object> properties = one.getConfigurationProperties();
      boolean made =
          check.isNew(one.getPid()) && properties.get(Keys.FACTORY_PID) instanceof String;
      problems.addAll(
          made
              ? check.checkNew((String) properties.get(Keys.FACTORY_PID), one.getPid(), properties)
              : check.check(one.getPid(), properties));
    }
    if (wanted.isEmpty() || !problems.isEmpty()) {
      throw refused(
          problems.isEmpty()
              ? "there is nothing to change"
              : String.join(" | ", problems.stream().map(Problem::text).toList()));
    }
  }

  private void change(List<ComponentConfiguration> wanted, long base, Set<String> pids)
      throws KuraException, IOException {
    for (ComponentConfiguration one : wanted) {
      try {
        changes.update(one.getPid(), one.getConfigurationProperties());
      } catch (KuraException e) {
        back(base, pids, "could not be applied");
        throw e;
      }
    }
  }

  private void back(long base, Set<String> wanted, String why) throws KuraException, IOException {
    Set<String> pids = wanted.isEmpty() ? changedSince(base) : wanted;
    Set<String> there = new TreeSet<>();
    for (String pid : pids) {
      if (!check.isNew(pid) || snapshots.has(base, pid)) {
        there.add(pid);
      }
    }
    rollback.restore(base, there);
    snapshots.take(Note.by("", "change of " + String.join(", ", pids) + " " + why + ": reverted"));
    marker.clear(base);
  }

  private void expire(String token) {
    try {
      end(token, "was not confirmed in time");
    } catch (KuraException e) {
      if (e.getCode() != KuraErrorCode.NOT_FOUND) {
        String text = "could not be reverted, a restart does it: " + e.getMessage();
        board.put(PLACE, List.of(new Problem("", PLACE, "", text)));
      }
    }
  }

  private void end(String token, String why) throws KuraException {
    lock.lock();
    try {
      Waiting now = waiting(token);
      over(now);
      back(now.base(), now.pending().pids(), why);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, PLACE + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private Waiting waiting(String token) throws KuraException {
    Waiting now = waiting.get();
    if (now == null || !now.pending().token().equals(token)) {
      throw new KuraException(
          KuraErrorCode.NOT_FOUND,
          "no change waits under this token: it was reverted or confirmed");
    }
    return now;
  }

  private void over(Waiting now) {
    now.expiry().close();
    waiting.set(null);
  }

  @Override
  public void confirm(String token) throws KuraException {
    lock.lock();
    try {
      Waiting now = waiting(token);
      if (now.takesSnapshot()) {
        snapshots.take(Note.by("", "confirmed the change of " + words(now.pending())));
      }
      marker.clear(now.base());
      over(now);
    } catch (IOException e) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, e, PLACE + ": " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private static String words(Pending pending) {
    return pending.pids().isEmpty() ? "all" : String.join(", ", pending.pids());
  }

  @Override
  public void revert(String token) throws KuraException {
    end(token, "was taken back");
  }

  @Override
  public Optional<Pending> pending() {
    return Optional.ofNullable(waiting.get()).map(Waiting::pending);
  }
}
