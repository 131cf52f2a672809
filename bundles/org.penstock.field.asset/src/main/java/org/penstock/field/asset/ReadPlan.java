package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelFlag;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.ChannelStatus;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.TypedValue;

/** Which channels are read, in which type, and what becomes of the answer. Unchangeable. */
public final class ReadPlan {

  static final String NOT_AVAILABLE = "Channel not available";
  static final String NOT_READABLE = "Channel type not within expected types (READ or READ_WRITE)";
  static final String NOT_WRITABLE = "Channel type not within expected types (WRITE or READ_WRITE)";
  static final String NOT_ENABLED = "Channel is not enabled";

  private final Map<String, Channel> channels;
  private final Map<String, Item> items;
  private final List<Item> inOrder;

  /** What is done with the answer for one channel. */
  private record Item(String name, Channel channel, Scaling scaling) {

    static Item of(Channel channel) {
      return new Item(channel.getName(), channel, Scaling.of(channel));
    }
  }

  private ReadPlan(Map<String, Channel> channels) {
    this.channels = channels;
    this.inOrder =
        channels.values().stream()
            .sorted(Comparator.comparing(Channel::getName))
            .map(Item::of)
            .toList();
    this.items = inOrder.stream().collect(Collectors.toMap(Item::name, Function.identity()));
  }

  /** A plan for these channels, whatever their direction. */
  public static ReadPlan of(Map<String, Channel> channels) {
    return new ReadPlan(Map.copyOf(channels));
  }

  /** A plan for the enabled channels among these that can be read. */
  public static ReadPlan ofReadable(Map<String, Channel> channels) {
    return of(
        channels.values().stream()
            .filter(channel -> channel.isEnabled() && isReadable(channel))
            .collect(Collectors.toMap(Channel::getName, Function.identity())));
  }

  static boolean isReadable(Channel channel) {
    return channel.getType() != ChannelType.WRITE;
  }

  static boolean isWritable(Channel channel) {
    return channel.getType() != ChannelType.READ;
  }

  /** Nothing is to be read. */
  public boolean isEmpty() {
    return channels.isEmpty();
  }

  /** How many channels are read. */
  public int size() {
    return channels.size();
  }

  /** The channels by name. */
  public Map<String, Channel> channels() {
    return channels;
  }

  /** Fresh records to be filled by the driver, in order of channel name. */
  public List<ChannelRecord> newRecords() {
    return inOrder.stream()
        .map(ReadPlan::newRecord)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static ChannelRecord newRecord(Item item) {
    Channel channel = item.channel();
    Scaling scaling = item.scaling();
    if (scaling.readType() == channel.getValueType()) {
      return channel.createReadRecord();
    }
    ChannelRecord record =
        ChannelRecord.createReadRecord(channel.getName(), scaling.readType(), channel.getUnit());
    record.setChannelConfig(driverConfig(channel));
    return record;
  }

  /** The channel's properties as the driver sees them: with the type in which it has to answer. */
  public static Map<String, Object> driverConfig(Channel channel) {
    Scaling scaling = Scaling.of(channel);
    if (scaling.readType() == channel.getValueType()) {
      return channel.getConfiguration();
    }
    Map<String, Object> config = new HashMap<>(channel.getConfiguration());
    config.put(AssetConstants.VALUE_TYPE.value(), scaling.readType().name());
    return config;
  }

  /** Copies of the driver's records with scale and offset applied; the originals stay untouched. */
  public List<ChannelRecord> finish(List<ChannelRecord> answer) {
    List<ChannelRecord> result = finishValues(answer);
    for (ChannelRecord record : result) {
      Channel channel = channels.get(record.getChannelName());
      if (channel != null) {
        record.setChannelConfig(channel.getConfiguration());
      }
    }
    return result;
  }

  /** The same without the channels' properties, which polling does not need. */
  List<ChannelRecord> finishValues(List<ChannelRecord> answer) {
    List<ChannelRecord> result = new ArrayList<>(answer.size());
    for (ChannelRecord record : answer) {
      Item item = item(result.size(), record.getChannelName());
      result.add(item == null ? record : finish(record, item));
    }
    return result;
  }

  /** Most drivers answer in the order in which they were asked, so that nothing is looked up. */
  private Item item(int place, String name) {
    Item item = place < inOrder.size() ? inOrder.get(place) : null;
    return item != null && item.name().equals(name) ? item : items.get(name);
  }

  private static ChannelRecord finish(ChannelRecord read, Item item) {
    Channel channel = item.channel();
    ChannelRecord result =
        ChannelRecord.createReadRecord(
            channel.getName(), channel.getValueType(), channel.getUnit());
    TypedValue<?> value = read.getValue();
    ChannelStatus status = read.getChannelStatus();
    if (value != null) {
      try {
        result.setValue(item.scaling().apply(value));
      } catch (ArithmeticException noSuchValue) {
        status = succeeded(read) ? failure(noSuchValue.getMessage()) : status;
      }
    } else if (status != null && status.getChannelFlag() == ChannelFlag.SUCCESS) {
      status = failure("The driver reported success without a value");
    }
    result.setChannelStatus(
        status == null ? failure("The driver did not answer for this channel") : status);
    result.setTimestamp(read.getTimestamp());
    return result;
  }

  static ChannelStatus failure(String message) {
    return new ChannelStatus(ChannelFlag.FAILURE, message, null);
  }

  /** A record that tells why a channel cannot be read. */
  static ChannelRecord refused(String channel, String reason, long now) {
    ChannelRecord record = ChannelRecord.createStatusRecord(channel, failure(reason));
    record.setTimestamp(now);
    return record;
  }

  /** Whether all went well with this channel. */
  static boolean succeeded(ChannelRecord record) {
    ChannelStatus status = record.getChannelStatus();
    return status != null && status.getChannelFlag() == ChannelFlag.SUCCESS;
  }
}
