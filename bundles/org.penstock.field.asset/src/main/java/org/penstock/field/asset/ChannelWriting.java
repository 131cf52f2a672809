package org.penstock.field.asset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.penstock.api.strand.Strand;
import org.penstock.api.strand.Strands;
import org.penstock.api.write.ChannelAuthority;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;

/** Brings writes to the asset that they are for. Switches are stored on a strand of its own. */
@Component
public final class ChannelWriting implements ChannelWriter {

  private final AssetThreads threads;
  private final Strand strand;

  /** Made by the framework, and by tests. */
  @Activate
  public ChannelWriting(@Reference AssetThreads threads, @Reference Strands strands) {
    this.threads = threads;
    this.strand = strands.open("field/hand");
  }

  @Deactivate
  void close() {
    strand.close();
  }

  @Override
  public CompletionStage<List<WriteOutcome>> write(
      String asset, Map<String, TypedValue<?>> values, WriteSource source) {
    Optional<AssetCore> core = threads.core(asset);
    if (core.isEmpty()) {
      String reason = "asset " + asset + " is not there; create it or correct the name";
      return CompletableFuture.completedFuture(all(values, WriteOutcome.Result.REFUSED, reason));
    }
    Map<String, Channel> channels = core.get().assetConfiguration().getAssetChannels();
    List<ChannelRecord> records = new ArrayList<>();
    List<WriteOutcome> mistyped = new ArrayList<>();
    values.forEach(
        (name, value) -> {
          Channel channel = channels.get(name);
          ChannelRecord record = ChannelRecord.createWriteRecord(name, value);
          if (channel != null && channel.getValueType() != value.getType()) {
            String reason =
                "the channel's type is %s, given: %s"
                    .formatted(channel.getValueType(), value.getType());
            mistyped.add(core.get().writes().refuse(record, source, reason));
          } else {
            records.add(record);
          }
        });
    return core.get()
        .write(records, source)
        .exceptionally(error -> failed(records, error))
        .thenApply(
            outcomes -> {
              List<WriteOutcome> both = new ArrayList<>(outcomes);
              both.addAll(mistyped);
              return both;
            });
  }

  private static List<WriteOutcome> failed(List<ChannelRecord> records, Throwable error) {
    return records.stream()
        .map(
            record ->
                outcome(
                    record.getChannelName(),
                    WriteOutcome.Result.FAILED,
                    AssetWrites.failure(record, error)))
        .toList();
  }

  private static List<WriteOutcome> all(
      Map<String, TypedValue<?>> values, WriteOutcome.Result result, String reason) {
    return values.keySet().stream().map(name -> outcome(name, result, reason)).toList();
  }

  private static WriteOutcome outcome(String channel, WriteOutcome.Result result, String reason) {
    return new WriteOutcome(channel, result, reason, Optional.empty(), Optional.empty());
  }

  @Override
  public CompletionStage<Void> hand(String asset, String channel, WriteSource operator) {
    return change(
        asset,
        channel,
        operator,
        "hand",
        () -> threads.hands().hand(asset, channel, operator.owner()));
  }

  @Override
  public CompletionStage<Void> automatic(String asset, String channel, WriteSource operator) {
    return change(
        asset, channel, operator, "automatic", () -> threads.hands().automatic(asset, channel));
  }

  /** What stores a switch. */
  private interface Change {
    void run() throws IOException;
  }

  private CompletionStage<Void> change(
      String asset, String channel, WriteSource operator, String to, Change change) {
    if (operator.kind() != WriteSource.Kind.OPERATOR) {
      throw new IllegalArgumentException("only operators switch channels, not " + operator);
    }
    AssetCore core = threads.core(asset).orElse(null);
    Channel known = core == null ? null : core.assetConfiguration().getAssetChannels().get(channel);
    if (known == null || !ReadPlan.isWritable(known)) {
      return CompletableFuture.failedFuture(
          new IllegalArgumentException(
              asset + "/" + channel + " is no channel that can be written; correct the name"));
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    strand.execute(
        () -> {
          try {
            change.run();
            core.writes().switched(channel, to, operator);
            done.complete(null);
          } catch (IOException notStored) {
            done.completeExceptionally(notStored);
          }
        });
    return done;
  }

  @Override
  public void release(String asset, String channel, WriteSource source) {
    threads.core(asset).ifPresent(core -> core.writes().release(channel, source));
  }

  @Override
  public Map<String, ChannelAuthority> authorities(String asset) {
    return threads.core(asset).map(core -> core.writes().authorities()).orElse(Map.of());
  }
}
