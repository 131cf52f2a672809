package org.penstock.field.asset;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.asset.provider.BaseAssetExecutor;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.driver.Driver;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.eclipse.kura.driver.PreparedRead;
import org.penstock.api.driver.AsyncDriver;

/**
 * One driver with one plan of what to read from it. When it ends, everything in flight ends with an
 * error at once, whatever the driver does. Any thread may call.
 */
public final class DriverBinding {

  private enum Use {
    FREE,
    READING,
    RETIRED_WHILE_READING,
    CLOSED
  }

  private final Driver driver;
  private final ReadPlan plan;
  private final BaseAssetExecutor executor;
  private final PreparedRead prepared;
  private final Runnable onPreparedClosed;
  private final AtomicReference<Use> use = new AtomicReference<>(Use.FREE);
  private final AtomicReference<String> aborted = new AtomicReference<>();
  private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();

  /**
   * A binding.
   *
   * @param prepared null when the driver does not prepare reads
   * @param onPreparedClosed runs after the prepared read was closed
   */
  DriverBinding(
      Driver driver,
      ReadPlan plan,
      BaseAssetExecutor executor,
      PreparedRead prepared,
      Runnable onPreparedClosed) {
    this.driver = driver;
    this.plan = plan;
    this.executor = executor;
    this.prepared = prepared;
    this.onPreparedClosed = onPreparedClosed;
  }

  /** The driver. */
  public Driver driver() {
    return driver;
  }

  /** What is read by {@link #poll}. */
  public ReadPlan plan() {
    return plan;
  }

  /** The prepared read, or null. */
  public PreparedRead prepared() {
    return prepared;
  }

  /**
   * Reads all channels of the plan without blocking the caller; the records are the driver's own and
   * are valid until the next poll begins.
   */
  public CompletableFuture<List<ChannelRecord>> poll() {
    if (prepared == null || !use.compareAndSet(Use.FREE, Use.READING)) {
      return read(plan.newRecords());
    }
    CompletionStage<List<ChannelRecord>> stage =
        driver instanceof AsyncDriver async
            ? Guarded.stage(() -> async.readAsync(prepared))
            : executor.runIO(prepared::execute);
    return track(stage.whenComplete((records, error) -> endPrepared()));
  }

  /** Reads into these records in the driver's lane. */
  public CompletableFuture<List<ChannelRecord>> read(List<ChannelRecord> records) {
    return run(
        () -> {
          driver.read(records);
          return records;
        });
  }

  /** Writes these records in the driver's lane. */
  public CompletableFuture<List<ChannelRecord>> write(List<ChannelRecord> records) {
    return run(
        () -> {
          driver.write(records);
          return records;
        });
  }

  /** Lets a running read end, then closes the prepared read. */
  void retire() {
    if (use.compareAndSet(Use.FREE, Use.CLOSED)) {
      closePrepared();
    } else {
      use.compareAndSet(Use.READING, Use.RETIRED_WHILE_READING);
    }
  }

  /** Ends everything in flight with an error and closes the prepared read. */
  void abort(String reason) {
    aborted.compareAndSet(null, reason);
    inFlight.forEach(future -> future.completeExceptionally(new ConnectionException(reason)));
    if (use.getAndSet(Use.CLOSED) != Use.CLOSED) {
      closePrepared();
    }
  }

  private void endPrepared() {
    if (!use.compareAndSet(Use.READING, Use.FREE)
        && use.compareAndSet(Use.RETIRED_WHILE_READING, Use.CLOSED)) {
      closePrepared();
    }
  }

  private void closePrepared() {
    if (prepared != null) {
      Guarded.call(
          () -> {
            prepared.close();
            return null;
          });
      onPreparedClosed.run();
    }
  }

  private <T> CompletableFuture<T> run(Callable<T> task) {
    String reason = aborted.get();
    return reason == null
        ? track(executor.runIO(task))
        : CompletableFuture.failedFuture(new ConnectionException(reason));
  }

  private <T> CompletableFuture<T> track(CompletionStage<T> stage) {
    CompletableFuture<T> result = new CompletableFuture<>();
    inFlight.add(result);
    String reason = aborted.get();
    if (reason != null) {
      result.completeExceptionally(new ConnectionException(reason));
    }
    stage.whenComplete(
        (value, error) -> {
          inFlight.remove(result);
          if (error == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(Guarded.unwrap(error));
          }
        });
    return result;
  }
}
