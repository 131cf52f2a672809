package org.penstock.field.asset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.kura.audit.AuditContext;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.write.ChannelAuthority;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way by which values go down to an asset's driver. Any thread may call. */
final class AssetWrites {

  private static final Logger AUDIT = LoggerFactory.getLogger("AuditLogger");
  private static final double TOLERANCE = 1e-6;

  private final String pid;
  private final WriteGate gate;
  private final Function<String, Optional<TypedValue<?>>> known;

  /**
   * The writes of one asset.
   *
   * @param known the last good value of a channel
   */
  AssetWrites(String pid, WriteGate gate, Function<String, Optional<TypedValue<?>>> known) {
    this.pid = pid;
    this.gate = gate;
    this.known = known;
  }

  /** One call: what was asked, by whom, and what was refused; records by identity. */
  private record Call(
      List<ChannelRecord> records,
      WriteSource source,
      AuditContext context,
      Map<String, Optional<TypedValue<?>>> before,
      Set<ChannelRecord> refused,
      Map<ChannelRecord, TypedValue<?>> readBack) {}

  /**
   * Writes what may be written; each record's status tells what became of it.
   *
   * @param rules of those channels that have any
   * @return an outcome for each record; fails when nothing could be written because of the driver
   */
  CompletableFuture<List<WriteOutcome>> write(
      DriverBinding binding,
      Map<String, Channel> channels,
      Map<String, WriteRules> rules,
      List<ChannelRecord> records,
      WriteSource source) {
    Call call = begin(records, source);
    List<ChannelRecord> admitted = admit(call, channels, rules);
    if (admitted.isEmpty()) {
      return CompletableFuture.completedFuture(end(call, null));
    }
    return binding
        .write(admitted)
        .thenCompose(done -> readBack(binding, call, admitted, channels, rules))
        .handle((done, error) -> finish(call, error))
        .thenCompose(result -> result);
  }

  private CompletableFuture<List<WriteOutcome>> finish(Call call, Throwable error) {
    Throwable cause = error == null ? null : Guarded.unwrap(error);
    List<WriteOutcome> outcomes = end(call, cause);
    return cause == null
        ? CompletableFuture.completedFuture(outcomes)
        : CompletableFuture.failedFuture(cause);
  }

  /** Nothing can be written: there is no driver. */
  List<WriteOutcome> undeliverable(
      List<ChannelRecord> records, WriteSource source, Throwable error) {
    return end(begin(records, source), error);
  }

  /** A write that cannot be tried. */
  WriteOutcome refuse(ChannelRecord record, WriteSource source, String reason) {
    Call call = begin(List.of(record), source);
    record.setChannelStatus(ReadPlan.failure(reason));
    record.setTimestamp(System.currentTimeMillis());
    call.refused().add(record);
    return end(call, null).get(0);
  }

  private Call begin(List<ChannelRecord> records, WriteSource source) {
    Map<String, Optional<TypedValue<?>>> before = new HashMap<>();
    records.forEach(r -> before.put(r.getChannelName(), known.apply(r.getChannelName())));
    return new Call(
        records,
        source,
        AuditContext.currentOrInternal().copy(),
        before,
        Collections.newSetFromMap(new IdentityHashMap<>()),
        new IdentityHashMap<>());
  }

  private List<ChannelRecord> admit(
      Call call, Map<String, Channel> channels, Map<String, WriteRules> rules) {
    Instant now = Instant.now();
    List<ChannelRecord> writable =
        ChannelWrites.admit(channels, call.records(), now.toEpochMilli());
    List<ChannelRecord> admitted = new ArrayList<>(writable.size());
    for (ChannelRecord record : writable) {
      String channel = record.getChannelName();
      WriteRules own = rules.getOrDefault(channel, WriteRules.FREE);
      Optional<String> refusal = gate.enter(channel, own, record.getValue(), call.source(), now);
      if (refusal.isEmpty()) {
        admitted.add(record);
      } else {
        record.setChannelStatus(ReadPlan.failure(refusal.get()));
        record.setTimestamp(now.toEpochMilli());
      }
    }
    call.refused().addAll(call.records());
    admitted.forEach(call.refused()::remove);
    return admitted;
  }

  private CompletableFuture<List<ChannelRecord>> readBack(
      DriverBinding binding,
      Call call,
      List<ChannelRecord> written,
      Map<String, Channel> channels,
      Map<String, WriteRules> rules) {
    Map<String, ChannelRecord> checked = new HashMap<>();
    List<ChannelRecord> reads = new ArrayList<>();
    for (ChannelRecord record : written) {
      String name = record.getChannelName();
      if (ReadPlan.succeeded(record) && rules.getOrDefault(name, WriteRules.FREE).readBack()) {
        checked.put(name, record);
        reads.add(channels.get(name).createReadRecord());
      }
    }
    if (reads.isEmpty()) {
      return CompletableFuture.completedFuture(written);
    }
    return binding
        .read(reads)
        .handle(
            (done, error) -> {
              reads.forEach(read -> compare(call, checked.get(read.getChannelName()), read, error));
              return written;
            });
  }

  private static void compare(
      Call call, ChannelRecord written, ChannelRecord read, Throwable error) {
    if (error != null) {
      String text = RecordComposer.describe(Guarded.unwrap(error));
      written.setChannelStatus(ReadPlan.failure("written, but it could not be read back: " + text));
    } else if (!ReadPlan.succeeded(read)) {
      String text =
          read.getChannelStatus() == null
              ? "the driver did not answer for this channel"
              : RecordComposer.errorText(read.getChannelStatus());
      written.setChannelStatus(ReadPlan.failure("written, but it could not be read back: " + text));
    } else {
      call.readBack().put(written, read.getValue());
      if (!same(written.getValue(), read.getValue())) {
        written.setChannelStatus(
            ReadPlan.failure(
                "wrote %s and read back %s"
                    .formatted(text(written.getValue()), text(read.getValue()))));
      }
    }
  }

  private static boolean same(TypedValue<?> one, TypedValue<?> other) {
    if (one.getValue() instanceof Number a && other.getValue() instanceof Number b) {
      double difference = Math.abs(a.doubleValue() - b.doubleValue());
      return difference <= TOLERANCE * Math.max(1, Math.abs(a.doubleValue()));
    }
    return one.equals(other);
  }

  /** Tells the outcome of each record, to the caller and to the audit log. */
  private List<WriteOutcome> end(Call call, Throwable error) {
    List<WriteOutcome> outcomes = new ArrayList<>(call.records().size());
    for (ChannelRecord record : call.records()) {
      WriteOutcome outcome = outcome(call, record, error);
      if (outcome.result() == WriteOutcome.Result.FAILED) {
        gate.release(record.getChannelName(), call.source());
      }
      audit(call, record, outcome);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static WriteOutcome outcome(Call call, ChannelRecord record, Throwable error) {
    String name = record.getChannelName();
    Optional<TypedValue<?>> before = call.before().get(name);
    if (call.refused().contains(record)) {
      String why = record.getChannelStatus().getExceptionMessage();
      return new WriteOutcome(name, WriteOutcome.Result.REFUSED, why, before, Optional.empty());
    }
    if (error != null || !ReadPlan.succeeded(record)) {
      String why = failure(record, error);
      return new WriteOutcome(name, WriteOutcome.Result.FAILED, why, before, Optional.empty());
    }
    TypedValue<?> after = call.readBack().getOrDefault(record, record.getValue());
    return new WriteOutcome(name, WriteOutcome.Result.WRITTEN, "", before, Optional.of(after));
  }

  /** Why a write did not work. */
  static String failure(ChannelRecord record, Throwable error) {
    if (error != null) {
      return RecordComposer.describe(Guarded.unwrap(error));
    }
    return record.getChannelStatus() == null
        ? "the driver did not say whether it worked"
        : RecordComposer.errorText(record.getChannelStatus());
  }

  private void audit(Call call, ChannelRecord record, WriteOutcome outcome) {
    if (AUDIT.isInfoEnabled()) {
      AUDIT.info(
          "{} Asset - write {}/{} by {}: asked {}, before {}, after {}, {} {}",
          call.context(),
          pid,
          outcome.channel(),
          call.source(),
          text(record.getValue()),
          outcome.before().map(AssetWrites::text).orElse("unknown"),
          outcome.after().map(AssetWrites::text).orElse("unchanged"),
          outcome.result(),
          outcome.reason());
    }
  }

  private static String text(TypedValue<?> value) {
    return value == null
        ? "nothing"
        : value.getValue() instanceof byte[] bytes
            ? java.util.HexFormat.of().formatHex(bytes)
            : String.valueOf(value.getValue());
  }

  /** Says in the audit log that a channel was switched. */
  void switched(String channel, String to, WriteSource operator) {
    AUDIT.info(
        "{} Asset - {}/{} switched to {} by {}",
        AuditContext.currentOrInternal(),
        pid,
        channel,
        to,
        operator);
  }

  void release(String channel, WriteSource source) {
    gate.release(channel, source);
  }

  /** Who may write, by channel. */
  Map<String, ChannelAuthority> authorities() {
    return gate.authorities(Instant.now());
  }
}
