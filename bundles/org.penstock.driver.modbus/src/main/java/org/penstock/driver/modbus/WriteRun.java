package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.Records;
import org.penstock.driver.modbus.ModbusDriverConfig.ReadBack;
import org.penstock.driver.modbus.codec.ModbusError;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.link.Exchange;

/**
 * Records written in the order given: the next request goes out when the one before was answered.
 * Neighbours in that order share a request; when it is refused they are written one by one. A failure
 * stays on its record; the others are still written. A write is never repeated.
 */
final class WriteRun {

  private final ModbusSession session;
  private final WriteOptions options;
  private final Deque<WriteBlock> waiting = new ArrayDeque<>();
  private final AtomicInteger turns = new AtomicInteger();
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  WriteRun(
      ModbusSession session, List<ChannelRecord> records, Notation notation, WriteOptions options) {
    this.session = session;
    this.options = options;
    for (ChannelRecord record : records) {
      try {
        add(WriteBlock.of(new ReadItem(record, ModbusChannel.of(record, notation))));
      } catch (DriverException fault) {
        fail(record, fault);
      } catch (IllegalArgumentException misfit) {
        Records.misfit(record, misfit, System.currentTimeMillis());
      }
    }
  }

  private void add(WriteBlock block) {
    WriteBlock last = waiting.peekLast();
    if (last != null && last.joins(block)) {
      waiting.removeLast();
      waiting.addLast(last.join(block));
    } else {
      waiting.addLast(block);
    }
  }

  CompletableFuture<Void> start() {
    next();
    return done;
  }

  /** Goes on with the next block; a call from within only asks for another turn. */
  private void next() {
    if (turns.getAndIncrement() > 0) {
      return;
    }
    do {
      WriteBlock block = waiting.pollFirst();
      if (block == null) {
        done.complete(null);
      } else if (block.needsReading(options)) {
        readFirst(block);
      } else {
        write(block, block.request(options));
      }
    } while (turns.decrementAndGet() > 0);
  }

  private void readFirst(WriteBlock block) {
    Request read = block.readBack();
    ask(
        block,
        read,
        answer -> {
          byte[] before = read.payload(answer);
          write(block, block.modified((before[0] & 0xff) << 8 | before[1] & 0xff));
        });
  }

  private void write(WriteBlock block, Request request) {
    ask(
        block,
        request,
        answer -> {
          if (request.function() == 23) {
            compare(block, request, answer);
          } else if (options.readBack() == ReadBack.OFF || session.broadcasts(block)) {
            written(block);
          } else {
            Request back = block.readBack();
            ask(block, back, read -> compare(block, back, read));
          }
        });
  }

  private void compare(WriteBlock block, Request request, ByteBuffer answer) {
    if (block.shows(request, answer)) {
      written(block);
    } else {
      fail(
          block,
          new DriverException(
              ErrorKind.REFUSED,
              "unit " + block.first().unit(),
              "took the write but holds another value; it may be read-only or limited"));
    }
  }

  private void written(WriteBlock block) {
    long now = System.currentTimeMillis();
    block.items().forEach(item -> Records.written(item.record(), now));
    next();
  }

  private void ask(WriteBlock block, Request request, Consumer<ByteBuffer> then) {
    session.send(
        List.of(
            session.exchange(
                block.first().unit(),
                request,
                new Exchange.Handler() {
                  @Override
                  public void answered(ByteBuffer pdu, long roundTrip) {
                    int exception = Request.exception(pdu);
                    if (exception == 0) {
                      session.statistics().achieved(Duration.ofNanos(roundTrip));
                      then.accept(pdu);
                    } else {
                      refused(block, request, exception);
                    }
                  }

                  @Override
                  public void failed(DriverException reason) {
                    fail(block, reason);
                  }
                })));
  }

  /** Neighbours are tried one by one: only the bad one shall fail. */
  private void refused(WriteBlock block, Request request, int exception) {
    boolean retriable = ModbusError.of(exception).filter(ModbusError::retriable).isPresent();
    if (block.items().size() > 1 && !retriable) {
      for (int i = block.items().size() - 1; i >= 0; i--) {
        ReadItem item = block.items().get(i);
        try {
          waiting.addFirst(WriteBlock.of(item));
        } catch (DriverException fault) {
          fail(item.record(), fault);
        }
      }
      next();
    } else {
      fail(
          block,
          session.refusal(
              block.place(),
              block.first().address(),
              block.count(),
              exception,
              request.function()));
    }
  }

  private void fail(WriteBlock block, DriverException reason) {
    block.items().forEach(item -> fail(item.record(), reason));
    next();
  }

  private void fail(ChannelRecord record, DriverException reason) {
    session.statistics().failed(reason.kind());
    Records.failed(record, reason, System.currentTimeMillis());
  }
}
