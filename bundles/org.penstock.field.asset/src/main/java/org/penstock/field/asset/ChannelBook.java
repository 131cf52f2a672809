package org.penstock.field.asset;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Remembers how each channel is, with its last good value. Any thread may call. */
final class ChannelBook {

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicReference<Row> lastRow = new AtomicReference<>(Row.of(List.of()));
  private final Consumer<Map<String, ChannelState>> listener;

  /** How one channel is. */
  private static final class Entry {

    private final String channel;
    private final AtomicReference<ChannelState> state = new AtomicReference<>();

    Entry(String channel) {
      this.channel = channel;
    }
  }

  /**
   * The channels of one read, mostly those of the read before in the same order.
   *
   * @param keys their names; empty when one was read twice
   */
  private record Row(List<Entry> entries, Optional<FixedKeys> keys) {

    static Row of(List<Entry> entries) {
      return new Row(entries, FixedKeys.of(entries.stream().map(entry -> entry.channel).toList()));
    }

    boolean fits(Collection<ChannelRecord> records) {
      if (records.size() != entries.size()) {
        return false;
      }
      int place = 0;
      for (ChannelRecord record : records) {
        if (!entries.get(place++).channel.equals(record.getChannelName())) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Nothing is known.
   *
   * @param listener is told what becomes known, in the thread that tells it here
   */
  ChannelBook(Consumer<Map<String, ChannelState>> listener) {
    this.listener = listener;
  }

  /** These channels were read, or reported by themselves. */
  void note(Collection<ChannelRecord> records) {
    Row row = row(records);
    ChannelState[] states = new ChannelState[records.size()];
    Moment moment = Moment.of(0);
    int place = 0;
    for (ChannelRecord record : records) {
      if (moment.millis() != record.getTimestamp()) {
        moment = Moment.of(record.getTimestamp());
      }
      states[place] = note(row.entries().get(place), record, moment);
      place++;
    }
    listener.accept(
        row.keys().map(keys -> keys.map(states)).orElseGet(() -> states(row.entries())));
  }

  private Row row(Collection<ChannelRecord> records) {
    Row last = lastRow.get();
    if (last.fits(records)) {
      return last;
    }
    Row row = Row.of(records.stream().map(record -> entry(record.getChannelName())).toList());
    if (records.size() > 1) { // a single one reports by itself, between two reads
      lastRow.compareAndSet(last, row);
    }
    return row;
  }

  private Entry entry(String channel) {
    return entries.computeIfAbsent(channel, Entry::new);
  }

  /** A time in the forms that are needed; channels that were read together have one. */
  private record Moment(long millis, Instant at, Optional<Instant> known) {

    static Moment of(long millis) {
      Instant at = Instant.ofEpochMilli(millis);
      return new Moment(millis, at, Optional.of(at));
    }
  }

  private static ChannelState note(Entry entry, ChannelRecord record, Moment moment) {
    Quality quality = quality(record);
    if (quality.level() == Quality.Level.BAD) {
      return bad(entry, quality, moment.at());
    }
    ChannelState state =
        new ChannelState(quality, moment.at(), Optional.of(record.getValue()), moment.known());
    entry.state.setRelease(state);
    return state;
  }

  /** Nothing could be read of these channels. */
  void unread(Collection<String> channels, String reason) {
    Quality quality = Quality.bad(reason);
    Instant now = Instant.now();
    List<Entry> row = channels.stream().map(this::entry).toList();
    row.forEach(entry -> bad(entry, quality, now));
    listener.accept(states(row));
  }

  private static ChannelState bad(Entry entry, Quality quality, Instant at) {
    return entry.state.updateAndGet(
        before ->
            before == null
                ? new ChannelState(quality, at, Optional.empty(), Optional.empty())
                : new ChannelState(quality, at, before.lastGood(), before.lastGoodAt()));
  }

  private static Map<String, ChannelState> states(Collection<Entry> entries) {
    Map<String, ChannelState> states = new HashMap<>();
    entries.forEach(entry -> states.put(entry.channel, entry.state.get()));
    return states;
  }

  /** Forgets channels that are no more. */
  void retain(Collection<String> channels) {
    entries.keySet().retainAll(channels);
    lastRow.set(Row.of(List.of())); // another one: what is being noted now does not come back
  }

  /** The last good value of a channel. */
  Optional<TypedValue<?>> lastGood(String channel) {
    Entry entry = entries.get(channel);
    ChannelState state = entry == null ? null : entry.state.get();
    return state == null ? Optional.empty() : state.lastGood();
  }

  /** A copy, by channel. */
  Map<String, ChannelState> states() {
    Map<String, ChannelState> states = new TreeMap<>();
    entries.forEach(
        (channel, entry) -> {
          ChannelState state = entry.state.get();
          if (state != null) { // else it is being read for the first time
            states.put(channel, state);
          }
        });
    return states;
  }

  /** Bad when it failed, uncertain when the number is none, else good. */
  static Quality quality(ChannelRecord record) {
    if (!ReadPlan.succeeded(record)) {
      return Quality.bad(RecordComposer.errorText(record.getChannelStatus()));
    }
    TypedValue<?> value = record.getValue();
    boolean finite =
        !(value.getValue() instanceof Double || value.getValue() instanceof Float)
            || Double.isFinite(((Number) value.getValue()).doubleValue());
    return finite ? Quality.GOOD : Quality.uncertain("the value is " + value.getValue());
  }
}
