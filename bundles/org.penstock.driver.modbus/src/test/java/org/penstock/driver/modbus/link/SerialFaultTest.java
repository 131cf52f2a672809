package org.penstock.driver.modbus.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.modbus.codec.Request;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.codec.Table;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;

/**
 * A library of serial lines that fails in a way of its own, as where its native part cannot be
 * loaded. If deleted: whoever reads could wait for ever, and all that is asked would pile up.
 */
@Timeout(30)
class SerialFaultTest {

  /** Answers each read of one register with seven. */
  private static final class Line implements SerialLine {

    private ByteBuffer answer = ByteBuffer.allocate(0);

    @Override
    public int read(byte[] into, int offset, int length, long timeoutNanos) {
      int count = Math.min(length, answer.remaining());
      answer.get(into, offset, count);
      return count;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      answer = ByteBuffer.allocate(256);
      new RtuFraming().encode(answer, 0, from[offset], new byte[] {3, 2, 0, 7});
      answer.flip();
    }

    @Override
    public void close() {
      // nothing is held
    }
  }

  private static CompletableFuture<Integer> ask(SerialLink link) {
    CompletableFuture<Integer> value = new CompletableFuture<>();
    Exchange.Handler handler =
        new Exchange.Handler() {
          @Override
          public void answered(ByteBuffer pdu, long roundTrip) {
            value.complete((int) pdu.getShort(pdu.position() + 2));
          }

          @Override
          public void failed(DriverException reason) {
            value.completeExceptionally(reason);
          }
        };
    Request request = Request.read(Table.HOLDING_REGISTERS, 0, 1);
    link.send(List.of(new Exchange("owner", 1, request, Duration.ofSeconds(5), handler)));
    return value;
  }

  @Test
  void anErrorOfTheLibraryFailsWhatIsAskedAndTheLineIsOpenedAnew() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    SerialLink link =
        new SerialLink(
            new SerialSettings(
                "faulty",
                115_200,
                8,
                SerialSettings.Parity.EVEN,
                SerialSettings.StopBits.ONE,
                SerialSettings.FlowControl.NONE,
                false),
            settings -> {
              if (opened.getAndIncrement() == 0) {
                throw new UnsatisfiedLinkError("no native library");
              }
              return new Line();
            },
            new RtuFraming(),
            new LinkOptions(Duration.ofSeconds(1), 1, 0, true, 0));
    try {
      CompletableFuture<Integer> first = ask(link);
      ExecutionException failed =
          assertThrows(ExecutionException.class, () -> first.get(10, TimeUnit.SECONDS));
      assertTrue(failed.getMessage().contains("no native library"), failed.getMessage());
      CompletableFuture<Integer> next = ask(link);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (next.handle((value, error) -> error != null).get(10, TimeUnit.SECONDS)) {
        assertTrue(System.nanoTime() - end < 0, "not opened anew");
        next = ask(link);
      }
      assertEquals(7, next.get());
    } finally {
      link.close();
    }
  }
}
