package org.penstock.driver.modbus;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;

/** Records compiled into requests beforehand, so that polling neither parses nor plans. */
final class ModbusPreparedRead implements PreparedRead {

  private final ModbusSession session;
  private final AtomicReference<ReadPlan> plan;
  private final AtomicBoolean closed = new AtomicBoolean();

  ModbusPreparedRead(ModbusSession session, ReadPlan plan) {
    this.session = session;
    this.plan = new AtomicReference<>(plan);
  }

  CompletableFuture<List<ChannelRecord>> read() {
    if (closed.get()) {
      return CompletableFuture.failedFuture(new ConnectionException("the prepared read is closed"));
    }
    ReadPlan best = session.refresh(plan.get());
    plan.set(best);
    return session.read(best).thenApply(done -> best.records());
  }

  @Override
  public List<ChannelRecord> execute() throws ConnectionException {
    ModbusSession.await(read().thenApply(records -> null));
    return plan.get().records();
  }

  @Override
  public List<ChannelRecord> getChannelRecords() {
    return plan.get().records();
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
