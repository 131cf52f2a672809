package org.penstock.driver.zigbee.znp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.penstock.driver.zigbee.codec.ZnpFrame;
import org.penstock.driver.zigbee.codec.ZnpParser;
import org.penstock.driver.zigbee.link.StickLine;

/**
 * Requests and answers on a ZNP line. One request is under way at a time, as the protocol wants it;
 * others wait in line, each no longer than its time limit. One reader thread, which hands frames to
 * listeners: they must not wait. Any thread may call.
 */
public final class ZnpLink implements AutoCloseable {

  private static final int RPC_ERROR = 0;
  private static final int MOST_WAITING = 500;

  private final StickLine line;
  private final Duration timeLimit;
  private final Consumer<String> lost;
  private final Thread reader;
  private final ZnpParser parser = new ZnpParser();
  private final List<Consumer<ZnpFrame>> listeners = new CopyOnWriteArrayList<>();
  private final Object lock = new Object();
  private final Queue<Exchange> waiting = new ArrayDeque<>(); // guarded by lock
  private Exchange current; // guarded by lock
  private final AtomicBoolean closed = new AtomicBoolean();

  private record Exchange(ZnpFrame request, CompletableFuture<ZnpFrame> answer) {}

  /**
   * Reads from now on.
   *
   * @param name of the reader thread
   * @param timeLimit for each answer
   * @param lost told once, in the reader's thread, why the line is gone; not after {@link #close}
   */
  public ZnpLink(String name, StickLine line, Duration timeLimit, Consumer<String> lost) {
    this.line = line;
    this.timeLimit = timeLimit;
    this.lost = lost;
    this.reader = new Thread(this::run, name);
    reader.setDaemon(true);
    reader.start();
  }

  /** Tells the listener each AREQ, in the reader's thread. */
  public void listen(Consumer<ZnpFrame> listener) {
    listeners.add(listener);
  }

  /**
   * Sends a request; the future fails with a {@link TimeoutException} when no answer came in time, or
   * with an {@link IOException} when the line is gone or the stick does not know the command.
   */
  public CompletableFuture<ZnpFrame> request(ZnpFrame request) {
    Exchange exchange = new Exchange(request, new CompletableFuture<>());
    synchronized (lock) {
      if (closed.get() || waiting.size() >= MOST_WAITING) {
        exchange
            .answer()
            .completeExceptionally(
                new IOException(closed.get() ? "the line is closed" : "too many wait to be sent"));
        return exchange.answer();
      }
      waiting.add(exchange);
    }
    sendNext();
    return exchange.answer();
  }

  /** Sends a frame that has no answer. */
  public void tell(ZnpFrame frame) throws IOException {
    line.write(frame.encode());
  }

  /** Sends bytes that are no frame. */
  public void raw(byte... bytes) throws IOException {
    line.write(bytes);
  }

  /** The next AREQ that fits; ask before doing what causes it. Its time limit begins now. */
  public CompletableFuture<ZnpFrame> await(Predicate<ZnpFrame> wanted, Duration limit) {
    CompletableFuture<ZnpFrame> found = new CompletableFuture<>();
    Consumer<ZnpFrame> listener =
        frame -> {
          if (wanted.test(frame)) {
            found.complete(frame);
          }
        };
    listeners.add(listener);
    return found
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((frame, failure) -> listeners.remove(listener));
  }

  private void sendNext() {
    Exchange next;
    synchronized (lock) {
      if (current != null) {
        return;
      }
      next = waiting.poll();
      current = next;
    }
    if (next == null) {
      return;
    }
    next.answer()
        .orTimeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((answer, failure) -> ended(next));
    try {
      line.write(next.request().encode());
    } catch (IOException gone) {
      next.answer().completeExceptionally(gone);
    }
  }

  private void ended(Exchange exchange) {
    synchronized (lock) {
      if (current == exchange) {
        current = null;
      }
    }
    if (!closed.get()) {
      sendNext();
    }
  }

  private void run() {
    byte[] buffer = new byte[512];
    try {
      while (!closed.get()) {
        parser.feed(buffer, 0, line.read(buffer), this::received);
      }
    } catch (IOException gone) {
      fail(gone);
    } catch (RuntimeException bug) { // thread start
      fail(new IOException("a frame could not be worked on: " + bug, bug));
    }
  }

  private void fail(IOException gone) {
    if (closed.compareAndSet(false, true)) {
      endAll(gone);
      lost.accept(gone.getMessage());
    }
  }

  private void received(ZnpFrame frame) {
    switch (frame.type()) {
      case SRSP -> answered(frame);
      case AREQ -> listeners.forEach(listener -> listener.accept(frame));
      default -> {
        // requests to us and fragments are not part of the protocol as sticks speak it
      }
    }
  }

  private void answered(ZnpFrame frame) {
    Exchange asked;
    synchronized (lock) {
      asked = current;
    }
    if (asked == null) {
      return; // too late
    }
    ZnpFrame request = asked.request();
    byte[] data = frame.data();
    if (frame.is(ZnpFrame.Type.SRSP, request.subsystem(), request.command())) {
      asked.answer().complete(frame);
    } else if (frame.subsystem() == RPC_ERROR
        && data.length >= 3
        && (data[1] & 0x1f) == request.subsystem()
        && (data[2] & 0xff) == request.command()) {
      asked
          .answer()
          .completeExceptionally(
              new IOException(
                  "the stick refuses command %02x %02x (error %d)"
                      .formatted(request.subsystem(), request.command(), data[0])));
    }
  }

  private void endAll(IOException why) {
    Exchange first;
    List<Exchange> others;
    synchronized (lock) {
      first = current;
      current = null;
      others = List.copyOf(waiting);
      waiting.clear();
    }
    if (first != null) {
      first.answer().completeExceptionally(why);
    }
    others.forEach(exchange -> exchange.answer().completeExceptionally(why));
  }

  /** Frames that were damaged. */
  public long garbled() {
    return parser.garbled();
  }

  /** Ends the reader; whoever waits gets an error. */
  @Override
  public void close() {
    closed.set(true);
    line.close();
    endAll(new IOException("the line is closed"));
    reader.interrupt();
    if (Thread.currentThread() != reader) {
      join();
    }
  }

  private void join() {
    try {
      reader.join(1_000);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
