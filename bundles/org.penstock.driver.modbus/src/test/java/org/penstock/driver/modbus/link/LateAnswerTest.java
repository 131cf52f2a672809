package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;

/** A unit that answers later than it may. If deleted: one register could show another one's value. */
@Timeout(30)
class LateAnswerTest {

  private static final Duration TIMEOUT = Duration.ofMillis(100);
  private static final long LATE = 150_000_000L;

  /** Answers a read with the address that was read; the first time too late, then in order. */
  private static final class LateLine implements SerialLine {

    private record Answer(long at, ByteBuffer bytes) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private long firstAt;

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
      long begin = System.nanoTime();
      do {
        Answer next = answers.peek();
        if (next != null && System.nanoTime() - next.at() >= 0) {
          int count = next.bytes().remaining();
          next.bytes().get(into, offset, count);
          answers.remove();
          return count;
        }
        LockSupport.parkNanos(Math.min(timeoutNanos, 1_000_000));
      } while (System.nanoTime() - begin < timeoutNanos);
      return 0;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      long now = System.nanoTime();
      firstAt = answers.isEmpty() && firstAt == 0 ? now + LATE : firstAt;
      ByteBuffer answer = ByteBuffer.allocate(256);
      byte[] pdu = {3, 2, from[offset + 2], from[offset + 3]};
      new RtuFraming().encode(answer, 0, from[offset], pdu);
      answers.add(new Answer(Math.max(now, firstAt), answer.flip()));
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  private static Exchange read(int address, CompletableFuture<Integer> value, Runnable onFailure) {
    return new Exchange(
        "owner",
        1,
        Request.read(Table.HOLDING_REGISTERS, address, 1),
        TIMEOUT,
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            value.complete((int) pdu.getShort(pdu.position() + 2));
          }

          @Override
          public void failed(DriverException reason) {
            value.completeExceptionally(reason);
            onFailure.run();
          }
        });
  }

  @Test
  void anAnswerThatComesTooLateIsNotTakenForThatOfTheNextRequest() throws Exception {
    SerialLink link =
        new SerialLink(
            new SerialSettings(
                "late",
                115_200,
                8,
                SerialSettings.Parity.EVEN,
                SerialSettings.StopBits.ONE,
                SerialSettings.FlowControl.NONE,
                false),
            settings -> new LateLine(),
            new RtuFraming(),
            new LinkOptions(Duration.ofSeconds(1), 1, 0, true, 0));
    try {
      CompletableFuture<Integer> second = new CompletableFuture<>();
      Exchange next = read(20, second, () -> {});
      link.send(List.of(read(10, new CompletableFuture<>(), () -> link.send(List.of(next)))));
      assertEquals(20, second.get(20, TimeUnit.SECONDS));
    } finally {
      link.close();
    }
  }
}
