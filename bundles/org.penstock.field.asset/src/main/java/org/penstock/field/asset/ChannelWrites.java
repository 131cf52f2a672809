package org.penstock.field.asset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.wire.WireRecord;

/** Which values may be written to which channels. Pure. */
final class ChannelWrites {

  private ChannelWrites() {}

  /** Marks what cannot be written as failed, and gives the rest, ready for the driver. */
  static List<ChannelRecord> admit(
      Map<String, Channel> channels, List<ChannelRecord> records, long now) {
    List<ChannelRecord> admitted = new ArrayList<>(records.size());
    for (ChannelRecord record : records) {
      Channel channel = channels.get(record.getChannelName());
      String refusal = refusal(channel);
      if (refusal == null) {
        record.setChannelConfig(channel.getConfiguration());
        admitted.add(record);
      } else {
        record.setChannelStatus(ReadPlan.failure(refusal));
        record.setTimestamp(now);
      }
    }
    return admitted;
  }

  private static String refusal(Channel channel) {
    if (channel == null) {
      return ReadPlan.NOT_AVAILABLE;
    }
    if (!ReadPlan.isWritable(channel)) {
      return ReadPlan.NOT_WRITABLE;
    }
    return channel.isEnabled() ? null : ReadPlan.NOT_ENABLED;
  }

  /** The writes that a wire record asks for: a key that is a writable channel, of the same type. */
  static List<ChannelRecord> of(Map<String, Channel> channels, WireRecord command) {
    List<ChannelRecord> writes = new ArrayList<>();
    command
        .getProperties()
        .forEach(
            (key, value) -> {
              Channel channel = channels.get(key);
              if (channel != null && accepts(channel, value)) {
                writes.add(channel.createWriteRecord(value));
              }
            });
    return writes;
  }

  private static boolean accepts(Channel channel, TypedValue<?> value) {
    return ReadPlan.isWritable(channel) && channel.getValueType() == value.getType();
  }
}
