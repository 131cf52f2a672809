package org.penstock.field.asset;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.asset.provider.BaseAssetExecutor;
import org.eclipse.kura.driver.Driver;
import org.penstock.api.strand.Strand;

/**
 * The two executors of one asset: configuration in order on a strand of its own, reads and writes in
 * the lane of the driver that is attached. Any thread may call.
 */
public final class AssetExecutors {

  private final Strand configuration;
  private final AssetThreads threads;
  private final AtomicReference<Use> use = new AtomicReference<>();

  private record Use(Driver driver, Lane lane) {}

  AssetExecutors(Strand configuration, AssetThreads threads) {
    this.configuration = configuration;
    this.threads = threads;
  }

  /** Executors that run everything in the caller's thread: outside of a gateway, as in tests. */
  public static BaseAssetExecutor direct() {
    return new BaseAssetExecutor(
        new Service(Runnable::run, () -> {}), new Service(Runnable::run, () -> {}));
  }

  /** Which assets live, and which channels are in hand. */
  AssetThreads threads() {
    return threads;
  }

  /** From now on reads and writes run in this driver's lane. */
  public void attach(Driver driver, String driverPid, int parallelism) {
    swap(new Use(driver, threads.lanes().acquire(driver, driverPid, parallelism)));
  }

  /** There is no driver now; reads and writes are rejected. */
  public void detach() {
    swap(null);
  }

  private void swap(Use next) {
    Use before = use.getAndSet(next);
    if (before != null) {
      threads.lanes().release(before.driver());
    }
  }

  /** As Kura's asset wants them. Its shutdown detaches and closes the configuration strand. */
  public BaseAssetExecutor asBaseAssetExecutor() {
    return new BaseAssetExecutor(
        new Service(this::executeIo, this::detach),
        new Service(configuration, configuration::close));
  }

  private void executeIo(Runnable task) {
    Use now = use.get();
    if (now == null) {
      throw new RejectedExecutionException("no driver attached");
    }
    now.lane().execute(task);
  }

  /** An executor as an ExecutorService; what runs at shutdown is not waited for here. */
  private static final class Service extends AbstractExecutorService {

    private final Executor executor;
    private final Runnable close;
    private final AtomicBoolean shutdown = new AtomicBoolean();

    Service(Executor executor, Runnable close) {
      this.executor = executor;
      this.close = close;
    }

    @Override
    public void execute(Runnable command) {
      if (shutdown.get()) {
        throw new RejectedExecutionException("the asset is stopped");
      }
      executor.execute(command);
    }

    @Override
    public void shutdown() {
      if (shutdown.compareAndSet(false, true)) {
        close.run();
      }
    }

    @Override
    public List<Runnable> shutdownNow() {
      shutdown();
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return shutdown.get();
    }

    @Override
    public boolean isTerminated() {
      return shutdown.get();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return shutdown.get();
    }
  }
}
