package org.penstock.driver.template;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;

/** Records with their addresses parsed beforehand, so that polling does not parse. */
final class TemplatePreparedRead implements PreparedRead {

  private final TemplateSession session;
  private final List<TemplateRequest> requests;
  private final List<ChannelRecord> records;
  private final AtomicBoolean closed = new AtomicBoolean();

  TemplatePreparedRead(TemplateSession session, List<ChannelRecord> records) {
    this.session = session;
    this.requests = records.stream().map(TemplateRequest::of).toList();
    this.records = List.copyOf(records);
  }

  @Override
  public List<ChannelRecord> execute() throws ConnectionException {
    TemplateSession.await(session.read(requests));
    return records;
  }

  /** What is to be read. */
  List<TemplateRequest> requests() {
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
