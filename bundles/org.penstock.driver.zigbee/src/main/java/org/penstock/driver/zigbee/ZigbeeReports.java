package org.penstock.driver.zigbee;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.kit.Records;
import org.penstock.driver.zigbee.codec.AttributeRecord;
import org.penstock.driver.zigbee.codec.ByteReader;
import org.penstock.driver.zigbee.codec.ZclFrame;
import org.penstock.driver.zigbee.codec.ZclValue;
import org.penstock.driver.zigbee.device.Attribute;
import org.penstock.driver.zigbee.device.Device;

/**
 * Channels whose values are told as they come. Listeners are called in the reader's thread and must not
 * wait; an asset hands the event over to its own strand at once.
 */
final class ZigbeeReports implements Coordinator.Follower {

  private static final int IAS_ZONE = 0x0500;
  private static final int ZONE_STATUS = 0x0002;
  private static final int BITMAP16 = 0x19;

  private final Told told;
  private final ReportingSetup setup;
  private final List<Report> reports = new CopyOnWriteArrayList<>();

  private record Report(
      String name,
      DataType type,
      ZigbeeChannel channel,
      Map<String, Object> config,
      ChannelListener listener) {}

  ZigbeeReports(Told told, ReportingSetup setup) {
    this.told = told;
    this.setup = setup;
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
      setup.want(channel);
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  void remove(ChannelListener listener) {
    reports.removeIf(report -> report.listener() == listener);
  }

  @Override
  public void told(Device device, int endpoint, int cluster, ZclFrame frame) {
    if (frame.isGeneral(ZclFrame.REPORT)) {
      for (AttributeRecord record : AttributeRecord.ofReport(frame.payload())) {
        Attribute attribute =
            new Attribute(endpoint, cluster, record.attribute(), frame.manufacturer());
        told(device, attribute, record.value());
      }
    } else if (cluster == IAS_ZONE
        && frame.clusterSpecific()
        && frame.fromServer()
        && frame.command() == 0) {
      // a status change notification says what reports of the zone's status would
      long status = new ByteReader(frame.payload()).u16();
      told(device, Attribute.of(endpoint, cluster, ZONE_STATUS), new ZclValue(BITMAP16, status));
    }
  }

  private void told(Device device, Attribute attribute, ZclValue value) {
    told.put(device.ieee(), attribute, value);
    long now = System.currentTimeMillis();
    for (Report report : reports) {
      ZigbeeChannel channel = report.channel();
      if (channel.ieee() == device.ieee() && channel.attribute().equals(attribute)) {
        ChannelRecord record = record(report);
        ZigbeeSession.fill(ZigbeeSession.request(channel, record), value, now);
        report.listener().onChannelEvent(new ChannelEvent(record));
      }
    }
  }

  private static ChannelRecord record(Report report) {
    ChannelRecord record = ChannelRecord.createReadRecord(report.name(), report.type());
    record.setChannelConfig(report.config());
    return record;
  }

  /** All channels are bad from now on: nobody tells anything any more. */
  @Override
  public void offline(String reason) {
    long now = System.currentTimeMillis();
    for (Report report : reports) {
      ChannelRecord record = record(report);
      Records.failed(
          record,
          new DriverException(
              ErrorKind.RETRIABLE, "channel " + report.name(), "offline: " + reason),
          now);
      report.listener().onChannelEvent(new ChannelEvent(record));
    }
  }

  @Override
  public void announced(Device device) {
    // its values come by themselves
  }

  @Override
  public void stranger(int network) {
    // nobody listens to it
  }

  @Override
  public void online() {
    // values come by themselves
  }
}
