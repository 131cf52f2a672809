package org.penstock.driver.modbus.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.penstock.driver.kit.BackOff;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.modbus.codec.Crc;
import org.penstock.driver.modbus.codec.RtuFraming;
import org.penstock.driver.modbus.codec.RtuRequests;
import org.penstock.link.serial.SerialLine;
import org.penstock.link.serial.SerialSettings;

/** Answers requests on a serial line in RTU mode, with a thread of its own. */
public final class SerialServer implements Runnable, AutoCloseable {

  private static final long POLL = 200_000_000L;
  private static final long ANSWER_LIMIT_MS = 900;
  private static final int CLOSE_WAIT_MS = 1_500;

  private final SerialSettings settings;
  private final SerialLine.Opener opener;
  private final ServerHandler handler;
  private final LinkSupervisor supervisor;
  private final LongAdder requests = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final RtuFraming framing = new RtuFraming();
  private final byte[] bytes = new byte[512];
  private final long silence;
  private final Thread thread;

  /** Answers from now on. */
  public SerialServer(SerialSettings settings, SerialLine.Opener opener, ServerHandler handler) {
    this.settings = settings;
    this.opener = opener;
    this.handler = handler;
    this.supervisor =
        new LinkSupervisor(
            "driver/modbus server " + settings.device(),
            new BackOff(Duration.ofMillis(250), Duration.ofSeconds(2)));
    this.silence = Math.max(1_750_000, settings.baud() > 19_200 ? 0 : settings.nanosFor(3.5));
    this.thread = new Thread(this, "driver/modbus/server" + settings.device());
    thread.setDaemon(true);
    thread.start();
  }

  /** Requests since the beginning. */
  public long requests() {
    return requests.sum();
  }

  /** Requests whose answer took too long to be given. */
  public long late() {
    return late.sum();
  }

  @Override
  public void run() {
    while (!closed.get()) {
      if (supervisor.tryToConnect()) {
        try (SerialLine line = opener.open(settings)) {
          supervisor.online();
          serve(line);
        } catch (IOException problem) {
          supervisor.offline(problem.getMessage());
        } catch (RuntimeException | LinkageError bug) { // thread start
          supervisor.offline("internal error: " + bug);
        }
      }
      LockSupport.parkNanos(supervisor.untilNextTry().toNanos());
    }
  }

  private void serve(SerialLine line) throws IOException {
    int count = 0;
    while (!closed.get()) {
      int more = line.read(bytes, count, bytes.length - count, count == 0 ? POLL : silence * 4);
      count += more;
      int length = RtuRequests.length(bytes, count);
      boolean broken = more == 0 && count > 0 || length == RtuRequests.UNKNOWN || length > 256;
      if (broken) {
        count = drain(line);
      } else if (length > 0 && count >= length) {
        count = take(line, length) ? 0 : drain(line);
      }
    }
  }

  private int drain(SerialLine line) throws IOException {
    int more = 1;
    while (more > 0 && !closed.get()) {
      more = line.read(bytes, 0, bytes.length, silence);
    }
    return 0;
  }

  private boolean take(SerialLine line, int length) throws IOException {
    ByteBuffer request = ByteBuffer.wrap(bytes, 0, length);
    int crc = (bytes[length - 1] & 0xff) << 8 | bytes[length - 2] & 0xff;
    if (Crc.of(request, 0, length - 2) != crc) {
      return false;
    }
    int unit = bytes[0] & 0xff;
    byte[] pdu = new byte[length - 3];
    request.get(1, pdu);
    requests.increment();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    handler.request(unit, pdu, answer::complete);
    byte[] reply = await(answer, unit);
    if (reply.length > 0) {
      LockSupport.parkNanos(silence);
      ByteBuffer out = ByteBuffer.allocate(framing.longest());
      framing.encode(out, 0, unit, reply);
      line.write(out.array(), 0, out.position());
    }
    return true;
  }

  /** Nobody answers a broadcast, nor for a unit that is another's. */
  private byte[] await(CompletableFuture<byte[]> answer, int unit) {
    try {
      boolean mine = unit != 0 && handler.owns(unit);
      return mine ? answer.get(ANSWER_LIMIT_MS, TimeUnit.MILLISECONDS) : new byte[0];
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException none) {
      late.increment();
    }
    return new byte[0];
  }

  @Override
  public void close() {
    closed.set(true);
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_WAIT_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
