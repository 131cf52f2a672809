package org.penstock.driver.zigbee;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;

/** Records with their addresses parsed beforehand, so that polling does not parse. */
final class ZigbeePreparedRead implements PreparedRead {

  private final ZigbeeSession session;
  private final List<ZigbeeRequest> requests;
  private final List<ChannelRecord> records;
  private final AtomicBoolean closed = new AtomicBoolean();

  ZigbeePreparedRead(ZigbeeSession session, List<ChannelRecord> records) {
    this.session = session;
    this.requests = records.stream().map(ZigbeeRequest::of).toList();
    this.records = List.copyOf(records);
  }

  @Override
  public List<ChannelRecord> execute() throws ConnectionException {
    ZigbeeSession.await(session.read(requests));
    return records;
  }

  /** What is to be read. */
  List<ZigbeeRequest> requests() {
    return requests;
  }

  boolean isClosed() {
    return closed.get();
  }

  @Override
  public List<ChannelRecord> getChannelRecords() {
    return records;
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
