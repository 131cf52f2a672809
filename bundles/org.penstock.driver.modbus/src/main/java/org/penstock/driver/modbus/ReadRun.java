package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * is none. A block that is refused for its addresses is asked for again in halves, so that the bad one
 * costs its own channel only. It fails as a whole only when nothing at all was answered.
 */
final class ReadRun {

  private static final int PROBES_IN_ONE_READ = 4;

  private final ModbusSession session;
  private final ReadPlan plan;
  private final boolean probeAll;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<DriverException> lost = new AtomicReference<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  /**
   * A read.
   *
   * @param probeAll also asks for what was refused before
   */
  ReadRun(ModbusSession session, ReadPlan plan, boolean probeAll) {
    this.session = session;
    this.plan = plan;
    this.probeAll = probeAll;
  }

  CompletableFuture<Void> start() {
    long now = System.currentTimeMillis();
    plan.faults().forEach((record, fault) -> Records.failed(record, fault, now));
    List<ReadBlock> blocks = new ArrayList<>(plan.blocks());
    addProbes(blocks, now);
    if (blocks.isEmpty()) {
      done.complete(null);
      return done;
    }
    open.set(blocks.size());
    List<Exchange> exchanges = new ArrayList<>(blocks.size());
    for (ReadBlock block : blocks) {
      exchanges.add(exchange(block, Split.NONE));
    }
    session.send(exchanges);
    return done;
  }

  private void addProbes(List<ReadBlock> blocks, long now) {
    Lessons lessons = session.lessons();
    int probes = 0;
    for (ReadItem item : plan.refused()) {
      Optional<DriverException> refusal = lessons.refusal(item.place(), item.address());
      boolean due = refusal.isEmpty() || lessons.probeDue(item.place(), item.address());
      if (probeAll || due && probes++ < PROBES_IN_ONE_READ) {
        blocks.add(ReadBlock.of(item));
      } else {
        refusal.ifPresent(reason -> Records.failed(item.record(), reason, now));
      }
    }
  }

  private Exchange exchange(ReadBlock block, Split parent) {
    return session.exchange(
        block.place().unit(),
        block.request(),
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            int exception = Request.exception(pdu);
            if (exception == 0) {
              fill(block, pdu, roundTrip);
              parent.succeeded();
            } else {
              refused(block, parent, exception);
            }
            end();
          }

          @Override
          public void failed(DriverException reason) {
            session.statistics().failed(reason.kind());
            lost.compareAndSet(null, reason);
            fail(block, reason);
            end();
          }
        });
  }

  private void fill(ReadBlock block, ByteBuffer pdu, long roundTrip) {
    answered.incrementAndGet();
    session.statistics().achieved(Duration.ofNanos(roundTrip));
    byte[] data = block.request().payload(pdu);
    long now = System.currentTimeMillis();
    for (ReadItem item : block.items()) {
      fill(block, item, data, now);
    }
    if (!plan.refused().isEmpty() && block.items().size() == 1) {
      session.lessons().accepted(block.place(), block.address());
    }
  }

  private static void fill(ReadBlock block, ReadItem item, byte[] data, long now) {
    int index = item.address() - block.address();
    try {
      if (block.place().table().bits()) {
        boolean bit = Values.bit(data, index);
        Records.read(item.record(), Values.typed(bit, item.record().getValueType()), now);
      } else {
        byte[] enough = block.place().table().merges() ? data : padded(item, data);
        Records.read(item.record(), item.channel().codec().decode(enough, 2 * index), now);
      }
    } catch (IllegalArgumentException misfit) {
      Records.misfit(item.record(), misfit, now);
    }
  }

  /** Answers whose length the unit chooses are filled up with zeros. */
  private static byte[] padded(ReadItem item, byte[] data) {
    return Arrays.copyOf(data, Math.max(data.length, 2 * item.channel().codec().registers()));
  }

  private void refused(ReadBlock block, Split parent, int code) {
    Optional<ModbusError> error = ModbusError.of(code);
    boolean forItsAddresses = error.filter(ModbusError::blamesAddresses).isPresent();
    if (forItsAddresses && block.items().size() > 1) {
      Optional<ReadBlock.Halves> halves = block.halves();
      if (halves.isPresent()) {
        split(halves.get(), parent, code);
        return;
      }
    }
    parent.failed();
    DriverException reason =
        session.refusal(
            block.place(), block.address(), block.length(), code, block.request().function());
    if (error.filter(ModbusError::isAbsence).isPresent()) {
      lost.compareAndSet(null, reason);
    } else {
      answered.incrementAndGet();
    }
    if (forItsAddresses) {
      block
          .items()
          .forEach(
              item ->
                  session.lessons().refused(block.place(), item.address(), item.length(), reason));
    }
    session.statistics().failed(reason.kind());
    fail(block, reason);
  }

  private void split(ReadBlock.Halves halves, Split parent, int code) {
    Split split = new Split(session.lessons(), halves, code, parent);
    open.addAndGet(2);
    session.send(List.of(exchange(halves.left(), split), exchange(halves.right(), split)));
  }

  private static void fail(ReadBlock block, DriverException reason) {
    long now = System.currentTimeMillis();
    block.items().forEach(item -> Records.failed(item.record(), reason, now));
  }

  private void end() {
    if (open.decrementAndGet() > 0) {
      return;
    }
    DriverException reason = lost.get();
    boolean nothing = answered.get() == 0 && plan.faults().isEmpty() && plan.refused().isEmpty();
    if (reason != null && nothing) {
      done.completeExceptionally(new ConnectionException(reason.getMessage(), reason));
    } else {
      done.complete(null);
    }
  }

  /** Two halves under way of a block that was refused; used by the link's thread only. */
  private static final class Split {

    static final Split NONE = new Split(null, null, 0, null);

    private final Lessons lessons;
    private final ReadBlock.Halves halves;
    private final int code;
    private final Split parent;
    private final AtomicInteger good = new AtomicInteger();

    Split(Lessons lessons, ReadBlock.Halves halves, int code, Split parent) {
      this.lessons = lessons;
      this.halves = halves;
      this.code = code;
      this.parent = parent;
    }

    /** When both halves are good and the whole was not, something between them is to blame. */
    void succeeded() {
      if (lessons == null || good.incrementAndGet() < 2) {
        return;
      }
      ReadBlock left = halves.left();
      Place place = left.place();
      boolean gap = halves.right().address() > left.end();
      if (code == ModbusError.ILLEGAL_VALUE.code() && !gap) {
        lessons.longest(place, Math.max(left.length(), halves.right().length()));
      } else {
        lessons.border(place, left.end(), halves.right().address());
      }
      parent.failed();
    }

    /** The blame is found; the blocks above are innocent of it. */
    void failed() {
      if (parent != null) {
        good.set(Integer.MIN_VALUE / 2);
        parent.failed();
      }
    }
  }
}
