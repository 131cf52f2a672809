package org.penstock.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.driver.modbus.codec.Notation;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.link.Exchange;
import org.penstock.driver.modbus.link.Link;
import org.penstock.driver.modbus.link.LinkOptions;
import org.penstock.driver.modbus.link.SerialLink;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;

/** A line whose unit takes its time before each answer. */
@Timeout(30)
class SlowUnitTest {

  private static final int TURNAROUND_MS = 20;

  /** Answers reads of holding registers with zeros. */
  private static final class SlowLine implements SerialLine {

    private final AtomicInteger requests = new AtomicInteger();
    private ByteBuffer answer = ByteBuffer.allocate(0);

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
      int count = Math.min(length, answer.remaining());
      if (count == 0) {
        LockSupport.parkNanos(timeoutNanos);
        return 0;
      }
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < TURNAROUND_MS * 1_000_000L) {
        LockSupport.parkNanos(1_000_000);
      }
      answer.get(into, offset, count);
      return count;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      requests.incrementAndGet();
      int registers = from[offset + 5] & 0xff;
      byte[] pdu = new byte[2 + 2 * registers];
      pdu[0] = 3;
      pdu[1] = (byte) (2 * registers);
      answer = ByteBuffer.allocate(256);
      new RtuFraming().encode(answer, 0, from[offset], pdu);
      answer.flip();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  /** If deleted: what is measured of a unit could be without effect on what is asked of it. */
  @Test
  void registersAreReadAlongOnceItsTurnaroundIsKnown() throws Exception {
    SlowLine line = new SlowLine();
    Link link =
        new SerialLink(
            new SerialSettings(
                "slow",
                115_200,
                8,
                SerialSettings.Parity.EVEN,
                SerialSettings.StopBits.ONE,
                SerialSettings.FlowControl.NONE,
                false),
            settings -> line,
            new RtuFraming(),
            new LinkOptions(Duration.ofSeconds(1), 1, 0, true, 0));
    ModbusSession session =
        new ModbusSession(
            link,
            new ModbusSession.Settings(
                new Exchange.Pace(Duration.ofSeconds(5), Duration.ZERO, 1),
                Notation.ZERO_BASED,
                new ReadPlan.Limits(125, 2000, -1, List.of()),
                null,
                0));
    try {
      List<ChannelRecord> records =
          List.of(
              Channels.holding("a", DataType.INTEGER, 0, "UINT16"),
              Channels.holding("b", DataType.INTEGER, 60, "UINT16"));
      ModbusPreparedRead prepared = new ModbusPreparedRead(session, session.plan(records));
      prepared.execute();
      assertEquals(2, line.requests.get(), "59 registers cost more than a request by baud rate");
      prepared.execute();
      assertEquals(3, line.requests.get(), "and less with a turnaround of 20 ms");
      assertTrue(records.stream().allMatch(Plant::good));
    } finally {
      session.close();
      link.close();
    }
  }
}
