package org.eclipse.kura.asset.provider;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/** Where an asset runs its driver: one executor for reads and writes, one for configuration. */
public class BaseAssetExecutor {

  private final ExecutorService io;
  private final boolean ioShared;
  private final ExecutorService config;
  private final boolean configShared;

  /** Owns both executors and shuts them down. */
  public BaseAssetExecutor(ExecutorService ioExecutor, ExecutorService configExecutor) {
    this(ioExecutor, false, configExecutor, false);
  }

  /** A shared executor is left running by {@link #shutdown}. */
  public BaseAssetExecutor(
      ExecutorService ioExecutor,
      boolean isIoExecutorShared,
      ExecutorService configExecutor,
      boolean isConfigExecutorShared) {
    this.io = ioExecutor;
    this.ioShared = isIoExecutorShared;
    this.config = configExecutor;
    this.configShared = isConfigExecutorShared;
  }

  /** Runs a read or write; the result is the task's, or its exception. */
  public <T> CompletableFuture<T> runIO(Callable<T> task) {
    return run(io, task);
  }

  /** Runs a change of configuration; the result is empty, or the task's exception. */
  public CompletableFuture<Void> runConfig(Runnable task) {
    return run(
        config,
        () -> {
          task.run();
          return null;
        });
  }

  /** Shuts down the executors that are not shared. */
  public void shutdown() {
    if (!ioShared) {
      io.shutdown();
    }
    if (!configShared) {
      config.shutdown();
    }
  }

  private static <T> CompletableFuture<T> run(ExecutorService executor, Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(result, task));
    } catch (RejectedExecutionException closed) {
      result.completeExceptionally(closed);
    }
    return result;
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
    try {
      result.complete(task.call());
    } catch (Exception | LinkageError failure) { // thread start
      result.completeExceptionally(failure);
    }
  }
}
