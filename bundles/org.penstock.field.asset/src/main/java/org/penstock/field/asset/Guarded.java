package org.penstock.field.asset;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Calls foreign code so that whatever it throws becomes a result. */
final class Guarded {

  private Guarded() {}

  /** The call's result or whatever it threw. The call runs in the caller's thread, at once. */
  static <T> CompletableFuture<T> call(Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      result.complete(call.call());
    } catch (Exception | LinkageError failure) { // foreign code: a driver's
      result.completeExceptionally(failure);
    }
    return result;
  }

  /** The stage that the call gives, or a failed one when it throws or gives none. */
  static <T> CompletionStage<T> stage(Callable<CompletionStage<T>> call) {
    return call(call)
        .thenCompose(
            stage ->
                stage == null
                    ? CompletableFuture.failedFuture(
                        new IllegalStateException("the driver gave no answer to wait for"))
                    : stage);
  }

  /** What really went wrong. */
  static Throwable unwrap(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}
