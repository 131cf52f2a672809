package org.penstock.driver.template.link;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/**
 * Bytes out, bytes in; no meaning. One daemon thread of its own, as a serial reader would have; it
 * never runs the code of another room, and nobody ever waits on it.
 */
public final class ToyLink implements AutoCloseable {

  /** What is at the other end of the wire. */
  @FunctionalInterface
  public interface Peer {

    /**
     * Takes a request; calls {@code answer} never or once, from any thread.
     *
     * @throws IOException when the wire is cut
     */
    void request(byte[] frame, java.util.function.Consumer<byte[]> answer) throws IOException;
  }

  private final Peer peer;
  private final Duration timeout;
  private final ScheduledExecutorService thread;

  /** In the order in which they were asked, which is that of their ends, since all have the same time. */
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  private final AtomicBoolean watched = new AtomicBoolean();

  /** What has no answer yet, until {@code end} in nanoseconds. */
  private record Waiting(CompletableFuture<byte[]> answer, long end) {}

  /**
   * A link; its thread starts with the first request.
   *
   * @param name of the thread: {@code driver/template/<instance pid>}
   * @param timeout how long an answer may take
   */
  public ToyLink(String name, Peer peer, Duration timeout) {
    this.peer = peer;
    this.timeout = timeout;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread reader = new Thread(task, name);
              reader.setDaemon(true);
              return reader;
            });
  }

  /**
   * Sends a request and returns at once. The answer completes with the bytes received, or fails with
   * a {@link DriverException} of kind RETRIABLE (no answer in time, stopped) or an {@link
   * IOException} (wire cut).
   */
  public CompletableFuture<byte[]> exchange(byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    waiting.add(new Waiting(answer, System.nanoTime() + timeout.toNanos()));
    try {
      thread.execute(() -> send(request, answer));
    } catch (RejectedExecutionException stopped) {
      answer.completeExceptionally(fault("the driver is stopped"));
    }
    return answer;
  }

  private void send(byte[] request, CompletableFuture<byte[]> answer) {
    forgetAnswered();
    try {
      if (watched.compareAndSet(false, true)) {
        thread.schedule(this::expire, timeout.toNanos(), TimeUnit.NANOSECONDS);
      }
      peer.request(request, bytes -> thread.execute(() -> answer.complete(bytes)));
    } catch (IOException | RejectedExecutionException cut) {
      answer.completeExceptionally(cut);
    }
  }

  private void forgetAnswered() {
    while (!waiting.isEmpty() && waiting.peek().answer().isDone()) {
      waiting.remove();
    }
  }

  /** One look for the oldest, instead of one for each request. */
  private void expire() {
    watched.set(false);
    long now = System.nanoTime();
    forgetAnswered();
    while (!waiting.isEmpty() && waiting.peek().end() - now <= 0) {
      waiting
          .remove()
          .answer()
          .completeExceptionally(fault("no answer within " + timeout.toMillis() + " ms"));
      forgetAnswered();
    }
    Waiting next = waiting.peek();
    if (next != null && !thread.isShutdown() && watched.compareAndSet(false, true)) {
      thread.schedule(this::expire, next.end() - now, TimeUnit.NANOSECONDS);
    }
  }

  /** Runs a task on the link's thread again and again; for devices that speak by themselves. */
  public void every(Duration period, Runnable task) {
    thread.scheduleWithFixedDelay(
        task, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stopped; requests are refused. */
  public boolean isClosed() {
    return thread.isShutdown();
  }

  /** Ends: whoever waits for an answer gets an error at once, and the thread is gone. */
  @Override
  public void close() {
    thread.shutdownNow();
    waiting.forEach(one -> one.answer().completeExceptionally(fault("the driver is stopped")));
    try {
      thread.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static DriverException fault(String problem) {
    return new DriverException(ErrorKind.RETRIABLE, "", problem);
  }
}
