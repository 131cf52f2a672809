package org.penstock.driver.zigbee2mqtt;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.zigbee2mqtt.codec.BridgeDevice;

/**
 * Channels whose values are told as they come. The listener is called on the link's strand and must
 * not wait; an asset hands the event over to its own strand at once.
 */
final class ZigbeeReports implements Bridge.Hearer {

  private final ZigbeeSession session;
  private final List<Report> reports = new CopyOnWriteArrayList<>();

  private record Report(
      String name,
      DataType type,
      ZigbeeChannel channel,
      Map<String, Object> config,
      ChannelListener listener) {}

  ZigbeeReports(ZigbeeSession session) {
    this.session = session;
  }

  /**
   * Adds a listener.
   *
   * @throws IllegalArgumentException when the channel is configured wrongly
   */
  void add(Map<String, Object> channelConfig, ChannelListener listener) {
    ChannelSettings settings = ChannelSettings.of(channelConfig);
    try {
      ZigbeeChannel channel = ZigbeeChannel.of(settings);
      reports.add(
          new Report(
              settings.channel(),
              settings.valueType(),
              channel,
              Map.copyOf(channelConfig),
              listener));
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  void remove(ChannelListener listener) {
    reports.removeIf(report -> report.listener() == listener);
  }

  @Override
  public void told(BridgeDevice device, Map<String, JsonElement> values) {
    for (Report report : reports) {
      String of = report.channel().device();
      if (values.containsKey(report.channel().property())
          && (of.equals(device.ieee()) || of.equals(device.name()))) {
        ChannelRecord record = ChannelRecord.createReadRecord(report.name(), report.type());
        record.setChannelConfig(report.config());
        // told just now: this read does not wait
        session
            .read(List.of(ZigbeeRequest.of(record)))
            .thenRun(() -> report.listener().onChannelEvent(new ChannelEvent(record)));
      }
    }
  }
}
