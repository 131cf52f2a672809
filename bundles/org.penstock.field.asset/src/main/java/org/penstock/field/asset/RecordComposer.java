package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.penstock.api.driver.Quality;

/**
 * Turns what was read into the wire record that goes out, and remembers what went out last. Used on
 * the asset's strand only.
 */
final class RecordComposer {

  static final String ASSET_NAME = "assetName";
  static final String ASSET_TIMESTAMP = "assetTimestamp";
  static final String ASSET_ERROR = "assetError";
  static final String UNIT = "_unit";
  static final String TIMESTAMP = "_timestamp";
  static final String ERROR = "_error";
  static final String QUALITY = "_quality";
  static final String UNSPECIFIED = "ERROR NOT SPECIFIED";

  private static final TypedValue<?> NO_ERROR = TypedValues.newStringValue("");
  private static final Map<Quality.Level, TypedValue<?>> LEVELS =
      Arrays.stream(Quality.Level.values())
          .collect(
              Collectors.toMap(
                  Function.identity(), level -> TypedValues.newStringValue(level.name())));

  private final TypedValue<?> assetName;
  private final WireAssetOptions options;
  private final LongSupplier clock;
  private final Map<String, TypedValue<?>> lastValues = new HashMap<>();
  private final List<Labels> labels = new ArrayList<>();
  private FixedKeys lastKeys = FixedKeys.NONE;
  private TypedValue<Long> lastTime = TypedValues.newLongValue(0);

  RecordComposer(String assetName, WireAssetOptions options, LongSupplier clock) {
    this.assetName = TypedValues.newStringValue(assetName);
    this.options = options;
    this.clock = clock;
  }

  /** The record for one read or event; empty when nothing is to be emitted. */
  Optional<WireRecord> compose(List<ChannelRecord> read) {
    boolean repeats = read.size() > 1 && !options.emitOnChange();
    RecordEntries entries = new RecordEntries(repeats ? lastKeys : FixedKeys.NONE);
    entries.put(ASSET_NAME, assetName);
    assetTimestamp(read)
        .ifPresent(time -> entries.put(ASSET_TIMESTAMP, TypedValues.newLongValue(time)));
    boolean none = true;
    int place = 0;
    for (ChannelRecord record : read) {
      if (!options.emitOnChange() || isNews(record)) {
        none = false;
        put(entries, record, labels(place, record));
      }
      place++;
    }
    if (none && options.emitOnChange() && !options.emitEmpty()) {
      return Optional.empty();
    }
    Optional<FixedKeys> keys = repeats ? entries.keys() : Optional.empty();
    keys.ifPresent(fixed -> lastKeys = fixed);
    return Optional.of(new WireRecord(entries.map(keys)));
  }

  /** The record for a read that failed as a whole; empty when such are not to be emitted. */
  Optional<WireRecord> composeFailure(Throwable failure) {
    lastValues.clear();
    if (!options.emitErrors() || !options.emitConnectionErrors()) {
      return Optional.empty();
    }
    Map<String, TypedValue<?>> entries = new LinkedHashMap<>();
    entries.put(ASSET_NAME, assetName);
    entries.put(ASSET_ERROR, TypedValues.newStringValue(describe(failure)));
    if (options.timestamps() != TimestampMode.NO_TIMESTAMPS) {
      entries.put(ASSET_TIMESTAMP, TypedValues.newLongValue(clock.getAsLong()));
    }
    return Optional.of(new WireRecord(entries));
  }

  /** The message of the connection error inside, else the failure's own, else its class. */
  static String describe(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectionException && t.getMessage() != null) {
        return t.getMessage();
      }
    }
    return failure.getMessage() != null ? failure.getMessage() : failure.getClass().getSimpleName();
  }

  private boolean isNews(ChannelRecord record) {
    String name = record.getChannelName();
    if (!ReadPlan.succeeded(record)) {
      lastValues.remove(name);
      return true;
    }
    return !record.getValue().equals(lastValues.put(name, record.getValue()));
  }

  /** Kept from poll to poll, in which a channel stands at the same place. */
  private Labels labels(int place, ChannelRecord record) {
    if (place < labels.size()) {
      Labels known = labels.get(place);
      if (known.fits(record)) {
        return known;
      }
      Labels others = Labels.of(record, options);
      labels.set(place, others);
      return others;
    }
    Labels fresh = Labels.of(record, options);
    if (place == labels.size()) {
      labels.add(fresh);
    }
    return fresh;
  }

  private Optional<Long> assetTimestamp(List<ChannelRecord> read) {
    LongStream times = read.stream().mapToLong(ChannelRecord::getTimestamp);
    return switch (options.timestamps()) {
      case NO_TIMESTAMPS, PER_CHANNEL -> Optional.empty();
      case SINGLE_ASSET_GENERATED -> Optional.of(clock.getAsLong());
      case SINGLE_DRIVER_GENERATED_MAX -> Optional.of(times.max().orElseGet(clock));
      case SINGLE_DRIVER_GENERATED_MIN -> Optional.of(times.min().orElseGet(clock));
    };
  }

  private void put(RecordEntries entries, ChannelRecord record, Labels labels) {
    boolean success = ReadPlan.succeeded(record);
    if (success) {
      entries.put(labels.name(), record.getValue());
      if (labels.unit() != null) {
        entries.put(labels.unitKey(), labels.unit());
      }
    }
    if (options.timestamps() == TimestampMode.PER_CHANNEL) {
      entries.put(labels.timestampKey(), time(record.getTimestamp()));
    }
    if (options.emitErrors()) {
      entries.put(
          labels.errorKey(),
          success ? NO_ERROR : TypedValues.newStringValue(errorText(record.getChannelStatus())));
    }
    if (options.emitQuality()) {
      entries.put(labels.qualityKey(), LEVELS.get(ChannelBook.quality(record).level()));
    }
  }

  /** Channels that were read together have one time. */
  private TypedValue<Long> time(long timestamp) {
    if (lastTime.getValue() != timestamp) {
      lastTime = TypedValues.newLongValue(timestamp);
    }
    return lastTime;
  }

  static String errorText(ChannelStatus status) {
    String message = status.getExceptionMessage();
    Exception exception = status.getException();
    if (message == null) {
      return exception == null ? UNSPECIFIED : exception.toString();
    }
    return exception == null ? message : message + " " + exception;
  }
}
