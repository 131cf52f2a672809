package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.kura.asset.Asset;
import org.eclipse.kura.asset.AssetService;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.write.ChannelWriter;
import org.penstock.api.write.WriteOutcome;
import org.penstock.api.write.WriteSource;
import org.penstock.cloud.connection.codec.SparkplugMetric;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commands of hosts as writes to channels, with the cloud as their source. Any thread may call. */
final class CommandWrites {

  private static final Logger LOG = LoggerFactory.getLogger(CommandWrites.class);

  private final WriteSource source;
  private final AtomicReference<ChannelWriter> writer = new AtomicReference<>();
  private final AtomicReference<AssetService> assets = new AtomicReference<>();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  CommandWrites(String owner) {
    this.source = new WriteSource(WriteSource.Kind.CLOUD, owner);
  }

  void use(ChannelWriter service) {
    writer.set(service);
  }

  void leave(ChannelWriter service) {
    writer.compareAndSet(service, null);
  }

  void use(AssetService service) {
    assets.set(service);
  }

  void leave(AssetService service) {
    assets.compareAndSet(service, null);
  }

  long written() {
    return written.get();
  }

  long refused() {
    return refused.get();
  }

  /** The channels that this asset reads; empty when it is not known. */
  Optional<Set<String>> readable(String pid) {
    AssetService known = assets.get();
    Asset asset = known == null ? null : known.getAsset(pid);
    return asset == null
        ? Optional.empty()
        : Optional.of(
            asset.getAssetConfiguration().getAssetChannels().values().stream()
                .filter(channel -> channel.isEnabled() && channel.getType() != ChannelType.WRITE)
                .map(Channel::getName)
                .collect(Collectors.toSet()));
  }

  void write(String device, List<SparkplugMetric> metrics) {
    AssetService known = assets.get();
    ChannelWriter target = writer.get();
    Asset asset = known == null ? null : known.getAsset(device);
    if (asset == null || target == null) {
      refuse(device, metrics.size(), "there is no such asset, or assets can't be written now");
      return;
    }
    Map<String, TypedValue<?>> values = new HashMap<>();
    Map<String, Channel> channels = asset.getAssetConfiguration().getAssetChannels();
    for (SparkplugMetric metric : metrics) {
      Channel channel = channels.get(metric.name());
      TypedValue<?> value = channel == null ? null : typed(channel.getValueType(), metric.value());
      if (value == null) {
        refuse(device, 1, metric.name() + " is no channel, or its type is another");
      } else {
        values.put(metric.name(), value);
      }
    }
    if (!values.isEmpty()) {
      target
          .write(device, values, source)
          .thenAccept(outcomes -> outcomes.forEach(o -> note(device, o)));
    }
  }

  private void note(String device, WriteOutcome outcome) {
    if (outcome.result() == WriteOutcome.Result.WRITTEN) {
      written.incrementAndGet();
    } else {
      refuse(device, 1, outcome.channel() + ": " + outcome.reason());
    }
  }

  private void refuse(String device, int count, String reason) {
    refused.addAndGet(count);
    LOG.warn("{}: a command to {} is not done: {}", source.owner(), device, reason);
  }

  /** The value as the channel has it; null when that would change it. */
  static TypedValue<?> typed(DataType type, Object value) {
    if (value instanceof Number number) {
      double exact = number.doubleValue();
      return switch (type) {
        case INTEGER ->
            number.intValue() == exact ? TypedValues.newIntegerValue(number.intValue()) : null;
        case LONG ->
            value instanceof Long || number.longValue() == exact
                ? TypedValues.newLongValue(number.longValue())
                : null;
        case FLOAT -> TypedValues.newFloatValue(number.floatValue());
        case DOUBLE -> TypedValues.newDoubleValue(exact);
        default -> null;
      };
    }
    TypedValue<?> same = value == null ? null : TypedValues.newTypedValue(value);
    return same != null && same.getType() == type ? same : null;
  }
}
