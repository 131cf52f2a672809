package org.penstock.field.asset;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Remembers how each channel is, with its last good value. Any thread may call. */
final class ChannelBook {

  private final Map<String, ChannelState> states = new ConcurrentHashMap<>();
  private final Consumer<Map<String, ChannelState>> listener;

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
    records.forEach(this::note);
    tell(records.stream().map(ChannelRecord::getChannelName).toList());
  }

  private void tell(Collection<String> channels) {
    Map<String, ChannelState> told = new HashMap<>();
    for (String channel : channels) {
      ChannelState state = states.get(channel);
      if (state != null) {
        told.put(channel, state);
      }
    }
    listener.accept(told);
  }

  private void note(ChannelRecord record) {
    Quality quality = quality(record);
    Instant at = Instant.ofEpochMilli(record.getTimestamp());
    if (quality.level() == Quality.Level.BAD) {
      bad(record.getChannelName(), quality, at);
    } else {
      states.put(
          record.getChannelName(),
          new ChannelState(quality, at, Optional.of(record.getValue()), Optional.of(at)));
    }
  }

  /** Nothing could be read of these channels. */
  void unread(Collection<String> channels, String reason) {
    Quality quality = Quality.bad(reason);
    Instant now = Instant.now();
    channels.forEach(channel -> bad(channel, quality, now));
    tell(channels);
  }

  private void bad(String channel, Quality quality, Instant at) {
    states.compute(
        channel,
        (name, before) ->
            before == null
                ? new ChannelState(quality, at, Optional.empty(), Optional.empty())
                : new ChannelState(quality, at, before.lastGood(), before.lastGoodAt()));
  }

  /** Forgets channels that are no more. */
  void retain(Collection<String> channels) {
    states.keySet().retainAll(channels);
  }

  /** The last good value of a channel. */
  Optional<TypedValue<?>> lastGood(String channel) {
    ChannelState state = states.get(channel);
    return state == null ? Optional.empty() : state.lastGood();
  }

  /** A copy, by channel. */
  Map<String, ChannelState> states() {
    return new TreeMap<>(states);
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
