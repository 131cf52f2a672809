package org.penstock.driver.modbus;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.kura.channel.ChannelRecord;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.Records;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.driver.modbus.codec.ValueCodec;
import org.penstock.driver.modbus.link.Exchange;

/**
 * Records written one after the other: the next one goes out when the one before was answered. A
 * failure stays on its record; the others are still written.
 */
final class WriteRun {

  private final ModbusSession session;
  private final Notation notation;
  private final Deque<ChannelRecord> waiting;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  WriteRun(ModbusSession session, List<ChannelRecord> records, Notation notation) {
    this.session = session;
    this.notation = notation;
    this.waiting = new ArrayDeque<>(records);
  }

  CompletableFuture<Void> start() {
    next();
    return done;
  }

  private void next() {
    while (true) {
      ChannelRecord record = waiting.pollFirst();
      if (record == null) {
        done.complete(null);
        return;
      }
      try {
        ModbusChannel channel = ModbusChannel.of(record, notation);
        send(record, channel, request(record, channel));
        return;
      } catch (DriverException fault) {
        fail(record, fault);
      } catch (IllegalArgumentException misfit) {
        Records.misfit(record, misfit, System.currentTimeMillis());
      }
    }
  }

  private static Request request(ChannelRecord record, ModbusChannel channel)
      throws DriverException {
    String place = "channel " + record.getChannelName();
    if (!channel.table().writable()) {
      throw new DriverException(
          ErrorKind.CONFIGURATION,
          place,
          channel.table() + " cannot be written; choose COILS or HOLDING_REGISTERS");
    }
    if (channel.table() == Table.COILS) {
      return Request.writeCoil(channel.address(), ValueCodec.truth(record.getValue()));
    }
    byte[] bytes = channel.codec().encode(record.getValue());
    if (channel.codec().format().part()) {
      int mask = channel.codec().mask();
      int value = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
      return Request.maskWrite(channel.address(), ~mask & 0xffff, value);
    }
    return bytes.length == 2
        ? Request.writeRegister(channel.address(), (bytes[0] & 0xff) << 8 | bytes[1] & 0xff)
        : Request.writeRegisters(channel.address(), bytes);
  }

  private void send(ChannelRecord record, ModbusChannel channel, Request request) {
    session.send(
        List.of(
            session.exchange(
                channel.unit(),
                request,
                new Exchange.Handler() {
                  @Override
                  public void answered(ByteBuffer pdu, long roundTrip) {
                    ended(record, channel, request, pdu, roundTrip);
                    next();
                  }

                  @Override
                  public void failed(DriverException reason) {
                    fail(record, reason);
                    next();
                  }
                })));
  }

  private void ended(
      ChannelRecord record,
      ModbusChannel channel,
      Request request,
      ByteBuffer pdu,
      long roundTrip) {
    int exception = Request.exception(pdu);
    if (exception != 0) {
      fail(record, session.refusal(channel.unit(), exception, request.function()));
    } else {
      session.statistics().achieved(java.time.Duration.ofNanos(roundTrip));
      Records.written(record, System.currentTimeMillis());
    }
  }

  private void fail(ChannelRecord record, DriverException reason) {
    session.statistics().failed(reason.kind());
    Records.failed(record, reason, System.currentTimeMillis());
  }
}
