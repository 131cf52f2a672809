package org.penstock.field.asset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;

/** Counts what an asset did and tells how it is. Any thread may call. */
final class AssetHealth implements HealthSource {

  private static final Condition FINE = new Condition(HealthState.Level.OK, "", Instant.EPOCH);

  private final String name;
  private final LongAdder asked = new LongAdder();
  private final LongAdder achieved = new LongAdder();
  private final LongAdder onTime = new LongAdder();
  private final LongAdder missed = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder valuesRead = new LongAdder();
  private final LongAdder valuesFailed = new LongAdder();
  private final LongAdder writesFailed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final AtomicReference<Condition> configuration = new AtomicReference<>(FINE);
  private final AtomicReference<Condition> operation = new AtomicReference<>(FINE);
  private final AtomicReference<Condition> load = new AtomicReference<>(FINE);
  private final AtomicReference<Condition> names = new AtomicReference<>(FINE);
  private final AtomicLong interval = new AtomicLong();
  private final AtomicLong lastRead = new AtomicLong();

  private record Condition(HealthState.Level level, String reason, Instant since) {

    Condition to(HealthState.Level newLevel, String newReason) {
      return level == newLevel && reason.equals(newReason) && since != Instant.EPOCH
          ? this
          : new Condition(newLevel, newReason, Instant.now());
    }
  }

  AssetHealth(String assetPid) {
    this.name = "field/asset/" + assetPid;
    operation.updateAndGet(now -> now.to(HealthState.Level.OK, ""));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public HealthState health() {
    Condition shown = configuration.get();
    if (shown.level() == HealthState.Level.OK) {
      shown = operation.get();
    }
    if (shown.level() == HealthState.Level.OK && load.get().level() != HealthState.Level.OK) {
      shown = load.get();
    }
    if (shown.level() == HealthState.Level.OK && names.get().level() != HealthState.Level.OK) {
      shown = names.get();
    }
    return new HealthState(shown.level(), shown.reason(), shown.since(), figures());
  }

  private Map<String, Object> figures() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("polls.asked", asked.sum());
    figures.put("polls.achieved", achieved.sum());
    figures.put("polls.ontime", onTime.sum());
    figures.put("polls.missed", missed.sum());
    figures.put("poll.interval.ms", interval.get());
    figures.put("read.last.ms", lastRead.get());
    figures.put("polls.failed", failed.sum());
    figures.put("values.read", valuesRead.sum());
    figures.put("values.failed", valuesFailed.sum());
    figures.put("writes.failed", writesFailed.sum());
    figures.put("inputs.dropped", dropped.sum());
    return figures;
  }

  void pollAsked() {
    asked.increment();
  }

  /** Polls that were due while the strand could not even count them. */
  void pollsAsked(long count) {
    asked.add(count);
  }

  void pollMissed(long count) {
    missed.add(count);
  }

  /** A poll of the asset's own interval began before the next one was due. */
  void pollOnTime() {
    onTime.increment();
  }

  /** The interval of the asset's own polls; zero for none. */
  void polls(Duration every) {
    interval.set(every.toMillis());
  }

  void readTook(Duration time) {
    lastRead.set(time.toMillis());
  }

  /** Channels whose names Kura passes over; none when all are well. */
  void misnamed(SortedSet<String> channels) {
    if (channels.isEmpty()) {
      names.updateAndGet(now -> now.to(HealthState.Level.OK, ""));
      return;
    }
    String problem =
        "%d channels are left out, '%s' is the first: a name has none of # / + , and no space"
            .formatted(channels.size(), channels.first());
    names.updateAndGet(now -> now.to(HealthState.Level.DEGRADED, problem));
  }

  /** More is asked than can be achieved; empty when it is not. */
  void overloaded(String problem) {
    HealthState.Level level = problem.isEmpty() ? HealthState.Level.OK : HealthState.Level.DEGRADED;
    load.updateAndGet(now -> now.to(level, problem));
  }

  /** An event or a command was dropped because too many wait. */
  void inputDropped(long count) {
    dropped.add(count);
  }

  void writesFailed(int count) {
    writesFailed.add(count);
  }

  /** A read ended with an answer. */
  void pollAchieved(List<ChannelRecord> records) {
    achieved.increment();
    ChannelRecord firstFailed = null;
    int failing = 0;
    for (ChannelRecord record : records) {
      if (!ReadPlan.succeeded(record)) {
        failing++;
        firstFailed = firstFailed == null ? record : firstFailed;
      }
    }
    valuesRead.add(records.size() - failing);
    valuesFailed.add(failing);
    if (firstFailed == null) {
      operates();
    } else {
      degraded(
          "%d of %d channels fail; %s: %s"
              .formatted(
                  failing,
                  records.size(),
                  firstFailed.getChannelName(),
                  RecordComposer.errorText(firstFailed.getChannelStatus())));
    }
  }

  /** A read ended without answer. */
  void pollFailed(int channels, String reason) {
    failed.increment();
    valuesFailed.add(channels);
    degraded(reason);
  }

  /** What to say when there is no driver. */
  static String missingDriver(String driverPid) {
    return "driver " + driverPid + " is not there; create it or correct driver.pid";
  }

  /** All is well again. */
  void operates() {
    operation.updateAndGet(now -> now.to(HealthState.Level.OK, ""));
  }

  /** It works in part or not now. */
  void degraded(String reason) {
    operation.updateAndGet(now -> now.to(HealthState.Level.DEGRADED, reason));
  }

  /** The configuration cannot be used; empty when it can. */
  void misconfigured(String problem) {
    HealthState.Level level = problem.isEmpty() ? HealthState.Level.OK : HealthState.Level.FAILED;
    configuration.updateAndGet(now -> now.to(level, problem));
  }
}
