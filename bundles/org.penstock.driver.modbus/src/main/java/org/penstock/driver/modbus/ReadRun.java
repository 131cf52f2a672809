package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.Records;
import org.penstock.driver.kit.Values;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.link.Exchange;

/**
 * One read of a plan under way: counts the blocks that are not yet answered, and completes when there
 * is none. It fails as a whole only when nothing at all was answered.
 */
final class ReadRun {

  private final ModbusSession session;
  private final ReadPlan plan;
  private final AtomicInteger open;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<DriverException> lost = new AtomicReference<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  ReadRun(ModbusSession session, ReadPlan plan) {
    this.session = session;
    this.plan = plan;
    this.open = new AtomicInteger(plan.blocks().size());
  }

  CompletableFuture<Void> start() {
    long now = System.currentTimeMillis();
    plan.faults().forEach((record, fault) -> Records.failed(record, fault, now));
    if (plan.blocks().isEmpty()) {
      done.complete(null);
    } else {
      session.send(plan.blocks().stream().map(this::exchange).toList());
    }
    return done;
  }

  private Exchange exchange(ReadBlock block) {
    return session.exchange(
        block.unit(),
        block.request(),
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            fill(block, pdu, roundTrip);
            end();
          }

          @Override
          public void failed(DriverException reason) {
            session.statistics().failed(reason.kind());
            lost.compareAndSet(null, reason);
            fail(block.items(), reason);
            end();
          }
        });
  }

  private void fill(ReadBlock block, ByteBuffer pdu, long roundTrip) {
    int exception = Request.exception(pdu);
    if (exception != 0) {
      refused(block, exception);
      return;
    }
    answered.incrementAndGet();
    session.statistics().achieved(java.time.Duration.ofNanos(roundTrip));
    byte[] data = new byte[pdu.remaining() - 2];
    pdu.get(pdu.position() + 2, data);
    long now = System.currentTimeMillis();
    for (ReadItem item : block.items()) {
      fill(block, item, data, now);
    }
  }

  private static void fill(ReadBlock block, ReadItem item, byte[] data, long now) {
    int index = item.address() - block.address();
    try {
      if (block.table().bits()) {
        boolean bit = Values.bit(data, index);
        Records.read(item.record(), Values.typed(bit, item.record().getValueType()), now);
      } else {
        Records.read(item.record(), item.channel().codec().decode(data, 2 * index), now);
      }
    } catch (IllegalArgumentException misfit) {
      Records.misfit(item.record(), misfit, now);
    }
  }

  private void refused(ReadBlock block, int code) {
    DriverException reason = session.refusal(block.unit(), code, block.request().function());
    if (ModbusError.of(code).filter(ModbusError::isAbsence).isPresent()) {
      lost.compareAndSet(null, reason);
    } else {
      answered.incrementAndGet();
    }
    session.statistics().failed(reason.kind());
    fail(block.items(), reason);
  }

  private static void fail(List<ReadItem> items, DriverException reason) {
    long now = System.currentTimeMillis();
    items.forEach(item -> Records.failed(item.record(), reason, now));
  }

  private void end() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    DriverException reason = lost.get();
    if (reason != null && answered.get() == 0 && plan.faults().isEmpty()) {
      done.completeExceptionally(new ConnectionException(reason.getMessage(), reason));
    } else {
      done.complete(null);
    }
  }
}
