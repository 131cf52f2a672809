package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;

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

  private final TypedValue<?> assetName;
  private final WireAssetOptions options;
  private final LongSupplier clock;
  private final Map<String, TypedValue<?>> lastValues = new HashMap<>();

  RecordComposer(String assetName, WireAssetOptions options, LongSupplier clock) {
    this.assetName = TypedValues.newStringValue(assetName);
    this.options = options;
    this.clock = clock;
  }

  /** The record for one read or event; empty when nothing is to be emitted. */
  Optional<WireRecord> compose(List<ChannelRecord> read) {
    List<ChannelRecord> shown = options.emitOnChange() ? changed(read) : read;
    if (shown.isEmpty() && options.emitOnChange() && !options.emitEmpty()) {
      return Optional.empty();
    }
    Map<String, TypedValue<?>> entries = new LinkedHashMap<>();
    entries.put(ASSET_NAME, assetName);
    assetTimestamp(read)
        .ifPresent(time -> entries.put(ASSET_TIMESTAMP, TypedValues.newLongValue(time)));
    shown.forEach(record -> put(entries, record));
    return Optional.of(new WireRecord(entries));
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

  private List<ChannelRecord> changed(List<ChannelRecord> read) {
    List<ChannelRecord> result = new ArrayList<>();
    for (ChannelRecord record : read) {
      String name = record.getChannelName();
      if (!ReadPlan.succeeded(record)) {
        lastValues.remove(name);
        result.add(record);
      } else if (!record.getValue().equals(lastValues.put(name, record.getValue()))) {
        result.add(record);
      }
    }
    return result;
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

  private void put(Map<String, TypedValue<?>> entries, ChannelRecord record) {
    String name = record.getChannelName();
    boolean success = ReadPlan.succeeded(record);
    if (success) {
      entries.put(name, record.getValue());
      String unit = record.getUnit();
      if (unit != null && !unit.isBlank()) {
        entries.put(name + UNIT, TypedValues.newStringValue(unit));
      }
    }
    if (options.timestamps() == TimestampMode.PER_CHANNEL) {
      entries.put(name + TIMESTAMP, TypedValues.newLongValue(record.getTimestamp()));
    }
    if (options.emitErrors()) {
      String error = success ? "" : errorText(record.getChannelStatus());
      entries.put(name + ERROR, TypedValues.newStringValue(error));
    }
    if (options.emitQuality()) {
      String quality = ChannelBook.quality(record).level().name();
      entries.put(name + QUALITY, TypedValues.newStringValue(quality));
    }
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
