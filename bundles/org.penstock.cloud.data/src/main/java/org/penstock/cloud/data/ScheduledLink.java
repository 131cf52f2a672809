package org.penstock.cloud.data;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.eclipse.kura.data.DataTransportService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the schedule does with the connection. */
final class ScheduledLink implements ConnectionSchedule.Link {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduledLink.class);

  private final Connector connector;
  private final Supplier<DataTransportService> transport;
  private final Departure departure;
  private final Pump pump;
  private final Store store;

  ScheduledLink(
      Connector connector,
      Supplier<DataTransportService> transport,
      Departure departure,
      Pump pump,
      Store store) {
    this.connector = connector;
    this.transport = transport;
    this.departure = departure;
    this.pump = pump;
    this.store = store;
  }

  @Override
  public void connect() {
    connector.want(true);
  }

  @Override
  public void disconnect() {
    connector.want(false);
    DataTransportService service = transport.get();
    if (service != null) {
      departure.leave(service, Departure.QUIESCE_MS);
    }
  }

  @Override
  public boolean idle(Duration time) {
    DataTransportService service = transport.get();
    return service != null
        && service.isConnected()
        && pump.flying() == 0
        && pump.idleNanos() > time.toNanos();
  }

  @Override
  public int mostUrgent() {
    try {
      return store.mostUrgent();
    } catch (IOException e) {
      LOG.error("the outbox can't be read: {}", e.getMessage());
      return Integer.MAX_VALUE;
    }
  }
}
