package org.penstock.api.outbox;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Publishing many messages without waiting for the disk after each. While one is open, {@link
 * DurableOutbox#publish} and Kura's {@code DataService.publish} return in this thread as soon as a message
 * has its place in the outbox, whatever its durability; {@link #durable} tells when all of them are as safe
 * as they were to be. Who uses it bounds how many it has not heard of. Opened, used and closed by one
 * thread.
 *
 * <pre>
 * try (Unwaited open = Unwaited.begin()) {
 *   publisher.publish(message);
 *   open.durable().whenComplete((done, failure) -> ..);
 * }
 * </pre>
 */
public final class Unwaited implements AutoCloseable {

  private static final ThreadLocal<Unwaited> CURRENT = new ThreadLocal<>();

  private final Unwaited outer;
  private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);

  private Unwaited(Unwaited outer) {
    this.outer = outer;
  }

  /** Nothing waits in this thread until it is closed. */
  public static Unwaited begin() {
    Unwaited begun = new Unwaited(CURRENT.get());
    CURRENT.set(begun);
    return begun;
  }

  /**
   * Called by an outbox with a message's way to the disk.
   *
   * @return false when nobody has asked not to wait: then the outbox waits
   */
  public static boolean take(CompletionStage<Void> durable) {
    Unwaited open = CURRENT.get();
    if (open == null) {
      return false;
    }
    CompletableFuture<Void> one = durable.toCompletableFuture();
    boolean allWell = open.all.isDone() && !open.all.isCompletedExceptionally();
    open.all = allWell ? one : CompletableFuture.allOf(open.all, one);
    return true;
  }

  /**
   * Completes when all that was published until now is as safe as it was to be; with the failure when the
   * disk has not taken one. In whichever thread knows: hand over what takes time.
   */
  public CompletionStage<Void> durable() {
    return all.minimalCompletionStage();
  }

  @Override
  public void close() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }
}
