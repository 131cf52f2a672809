package org.penstock.driver.template;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.channel.listener.ChannelEvent;
import org.eclipse.kura.channel.listener.ChannelListener;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;

/**
 * Channels whose values the device reports by itself. The listener is called in the link's thread
 * and must not wait; an asset hands the event over to its own strand at once.
 */
final class TemplateReports {

  private final List<Report> reports = new CopyOnWriteArrayList<>();

  private record Report(
      String channel, DataType type, Map<String, Object> config, ChannelListener listener) {}

  /**
   * Adds a listener.
   *
   * @throws IllegalArgumentException when the channel is configured wrongly
   */
  void add(Map<String, Object> channelConfig, ChannelListener listener) {
    ChannelSettings settings = ChannelSettings.of(channelConfig);
    try {
      TemplateChannel.of(settings);
      reports.add(
          new Report(
              settings.channel(), settings.valueType(), Map.copyOf(channelConfig), listener));
    } catch (DriverException wrong) {
      throw new IllegalArgumentException(wrong.getMessage(), wrong);
    }
  }

  void remove(ChannelListener listener) {
    reports.removeIf(report -> report.listener() == listener);
  }

  /** Asks for all reported channels; each listener gets a record of its own. */
  void report(TemplateSession session) {
    for (Report report : reports) {
      ChannelRecord record = ChannelRecord.createReadRecord(report.channel(), report.type());
      record.setChannelConfig(report.config());
      session
          .read(List.of(TemplateRequest.of(record)))
          .thenRun(() -> report.listener().onChannelEvent(new ChannelEvent(record)));
    }
  }
}
