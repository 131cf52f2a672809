package org.penstock.field.asset;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.driver.LinkState;
import org.penstock.api.driver.Linked;
import org.penstock.api.strand.Schedule;
import org.penstock.api.strand.Strand;
import org.penstock.api.write.WriteSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an asset when it is asked to and emits what was read. Triggers, events and timers may come
 * from any thread; everything else happens on the asset's strand, which never waits for a device. At
 * most one read runs; what asks for another meanwhile is counted as missed, not queued.
 */
final class AssetPoller {

  private static final Logger LOG = LoggerFactory.getLogger(AssetPoller.class);
  private static final int MOST_EVENTS_WAITING = 1024;
  private static final WriteSource WIRES = new WriteSource(WriteSource.Kind.WIRE, "wires");
  private static final Duration STUCK = Duration.ofSeconds(60);

  private final String pid;
  private final AssetCore core;
  private final Strand strand;
  private final AssetHealth health;
  private final Consumer<List<WireRecord>> emitter;
  private final ChannelBook book;
  private final Commands commands;
  private final AtomicReference<Mode> mode = new AtomicReference<>();
  private final AtomicReference<Instant> readingSince = new AtomicReference<>();
  private final Set<String> failedWrites = new HashSet<>();
  private final Punctuality punctuality;
  private final Map<String, ChannelRecord> latest = new LinkedHashMap<>();
  private boolean due;
  private boolean eventWaits;

  private record Mode(
      WireAssetOptions options, RecordComposer composer, Optional<Schedule> schedule) {}

  /**
   * A poller that waits for its options.
   *
   * @param emitter takes each record that goes out, on the strand
   */
  AssetPoller(
      String pid,
      AssetCore core,
      Strand strand,
      AssetHealth health,
      ChannelBook book,
      Consumer<List<WireRecord>> emitter) {
    this.pid = pid;
    this.core = core;
    this.strand = strand;
    this.health = health;
    this.book = book;
    this.emitter = emitter;
    this.commands = new Commands(health);
    this.punctuality = new Punctuality(health);
  }

  /** Emits and polls by these options from now on; what was emitted last is forgotten. */
  void configure(WireAssetOptions options) {
    strand.execute(
        () -> {
          stopPolling();
          due = false;
          punctuality.reset(options.pollInterval());
          RecordComposer composer = new RecordComposer(pid, options, System::currentTimeMillis);
          mode.set(new Mode(options, composer, startPolling(options.pollInterval())));
        });
  }

  private Optional<Schedule> startPolling(Duration interval) {
    if (interval.isZero()) {
      return Optional.empty();
    }
    return Optional.of(strand.every(phase(pid, interval), interval, this::tick));
  }

  /** Spreads assets of the same interval over it, each always at the same place. */
  static Duration phase(String pid, Duration interval) {
    long mixed = pid.hashCode() * 0x9E3779B97F4A7C15L;
    return Duration.ofMillis(Math.floorMod(mixed >>> 16, Math.max(1, interval.toMillis())));
  }

  private void stopPolling() {
    Mode now = mode.get();
    if (now != null) {
      now.schedule().ifPresent(Schedule::close);
    }
  }

  /** Reads everything, then does what the records command. Any thread. */
  void trigger(List<WireRecord> records) {
    health.pollAsked();
    if (!commands.add(records)) {
      health.pollMissed(1);
      return;
    }
    post(
        () -> {
          commands.awake();
          readUnlessReading();
        });
  }

  /**
   * A channel's value came by itself. When too many wait, the latest of each channel is kept, behind
   * all that came before, and those it replaces are counted. Any thread.
   */
  void event(ChannelRecord record) {
    synchronized (latest) {
      boolean none = latest.isEmpty();
      if (none && strand.waiting() < MOST_EVENTS_WAITING) {
        post(() -> emitEvent(record));
        return;
      }
      if (latest.remove(record.getChannelName()) != null) {
        health.inputDropped(1);
      }
      latest.put(record.getChannelName(), record);
      if (none) {
        post(this::emitLatest);
      }
    }
  }

  private void emitLatest() {
    synchronized (latest) {
      latest.values().forEach(record -> post(() -> emitEvent(record)));
      latest.clear();
    }
  }

  private void post(Runnable task) {
    try {
      strand.execute(task);
    } catch (RejectedExecutionException stopped) {
      health.inputDropped(1);
    }
  }

  private void emitEvent(ChannelRecord record) {
    book.note(List.of(record));
    if (mode.get().options().emitAllChannels()) {
      health.pollAsked();
      if (readingSince.get() == null) {
        readUnlessReading();
      } else {
        eventWaits = true; // the read that runs may have passed the channel before
      }
    } else {
      mode.get().composer().compose(List.of(record)).ifPresent(this::emit);
    }
  }

  /**
   * A poll is due. It is on time when it begins before the next one is due; while a read runs, one
   * waits, and only when the next falls due too is it missed: nothing is ever queued.
   */
  private void tick() {
    mode.get().schedule().ifPresent(schedule -> punctuality.lost(schedule.missed()));
    health.pollAsked();
    if (readingSince.get() == null) {
      punctuality.onTime();
      readUnlessReading();
    } else if (due) {
      punctuality.missed(1);
      tellWhenStuck();
    } else {
      due = true;
    }
  }

  private void readUnlessReading() {
    if (readingSince.get() != null) {
      missed();
      return;
    }
    Optional<DriverBinding> binding = core.binding();
    if (binding.isEmpty()) {
      Set<String> channels =
          ReadPlan.ofReadable(core.assetConfiguration().getAssetChannels()).channels().keySet();
      readFailed(channels, AssetCore.noDriver(), AssetHealth.missingDriver(core.driverPid()));
      write();
    } else if (binding.get().plan().isEmpty()) {
      health.pollAchieved(List.of());
      write();
    } else {
      read(binding.get());
    }
  }

  private void missed() {
    health.pollMissed(1);
    tellWhenStuck();
  }

  private void tellWhenStuck() {
    Instant since = readingSince.get();
    if (since != null && since.plus(STUCK).isBefore(Instant.now())) {
      health.degraded("the read that began at " + since + " has not ended; restart the driver");
    }
  }

  private void read(DriverBinding binding) {
    Instant begin = Instant.now();
    readingSince.set(begin);
    binding
        .poll()
        .whenCompleteAsync(
            (records, error) -> {
              readingSince.set(null);
              punctuality.took(Duration.between(begin, Instant.now()));
              try {
                ended(binding, records, error);
              } finally {
                write();
                readIfDue();
              }
            },
            strand);
  }

  private void readIfDue() {
    if (due) {
      due = false;
      eventWaits = false;
      punctuality.onTime();
      readUnlessReading();
    } else if (eventWaits) {
      eventWaits = false;
      readUnlessReading();
    }
  }

  private void ended(DriverBinding binding, List<ChannelRecord> records, Throwable error) {
    if (error != null) {
      Throwable cause = Guarded.unwrap(error);
      readFailed(present(binding), cause, reason(binding.driver(), cause));
      return;
    }
    List<ChannelRecord> read = binding.plan().finishValues(records);
    if (!isPresent(binding)) {
      Set<String> present = present(binding);
      read.removeIf(record -> !present.contains(record.getChannelName()));
    }
    health.pollAchieved(read);
    book.note(read);
    mode.get().composer().compose(read).ifPresent(this::emit);
  }

  private boolean isPresent(DriverBinding binding) {
    return core.binding().filter(now -> now == binding).isPresent();
  }

  /** What was asked; a channel that was taken away meanwhile is not to be known for ever. */
  private Set<String> present(DriverBinding binding) {
    Set<String> asked = binding.plan().channels().keySet();
    if (isPresent(binding)) {
      return asked;
    }
    Set<String> present = new HashSet<>(asked);
    present.retainAll(core.assetConfiguration().getAssetChannels().keySet());
    return present;
  }

  private void readFailed(Set<String> channels, Throwable cause, String reason) {
    health.pollFailed(channels.size(), reason);
    book.unread(channels, reason);
    mode.get().composer().composeFailure(cause).ifPresent(this::emit);
  }

  private String reason(Driver driver, Throwable cause) {
    if (core.driver() == null) {
      return AssetHealth.missingDriver(core.driverPid());
    }
    if (driver instanceof Linked linked) {
      LinkState link = linked.linkState();
      if (link.phase() == LinkState.Phase.OFFLINE) {
        return "device is offline since %s: %s".formatted(link.since(), link.reason());
      }
    }
    return "cannot read: " + RecordComposer.describe(cause);
  }

  private void emit(WireRecord record) {
    emitter.accept(List.of(record));
  }

  private void write() {
    for (WireRecord command : commands.take()) {
      List<ChannelRecord> writes =
          ChannelWrites.of(core.assetConfiguration().getAssetChannels(), command);
      if (!writes.isEmpty()) {
        write(writes);
      }
    }
  }

  private void write(List<ChannelRecord> writes) {
    core.write(writes, WIRES).whenCompleteAsync((done, error) -> written(writes, error), strand);
  }

  /** Logs a write that fails when the one before on this channel did not, and counts all of them. */
  private void written(List<ChannelRecord> writes, Throwable error) {
    int failures = 0;
    for (ChannelRecord record : writes) {
      if (error == null && ReadPlan.succeeded(record)) {
        failedWrites.remove(record.getChannelName());
      } else {
        failures++;
        if (failedWrites.add(record.getChannelName())) {
          LOG.warn(
              "{}: write to {} failed: {}",
              pid,
              record.getChannelName(),
              AssetWrites.failure(record, error));
        }
      }
    }
    health.writesFailed(failures);
  }

  /** Stops; what runs on the strand is waited for, 2 s at most. */
  void close() {
    stopPolling();
    strand.close();
  }
}
