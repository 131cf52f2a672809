package org.penstock.console.rest;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.penstock.api.rest.RestAnswer;

/**
 * The threads on which resources work. Who asks waits for a limited time: a resource that hangs
 * costs a thread of these, few of one application, and none of who asked.
 */
final class Workers implements AutoCloseable {

  /** Framework or system property: how long a resource may take, in seconds. */
  static final String LIMIT = "penstock.rest.answer.s";

  /** Longer than anything takes that is not started as a job. */
  static final Duration DEFAULT = Duration.ofSeconds(300);

  static final int MOST = 64;

  /** Requests of one application that were given up and still run; then it gets no more. */
  static final int MOST_HANGING = 4;

  private static final Duration IDLE = Duration.ofSeconds(30);

  private enum State {
    RUNS,
    GIVEN_UP,
    ENDED
  }

  /** A thread of these. */
  private static final class Worker extends Thread {
    Worker(Runnable work, int number) {
      super(work, "console/worker/" + number);
      setDaemon(true);
      setContextClassLoader(Workers.class.getClassLoader());
    }
  }

  private final Duration limit;
  private final AtomicInteger made = new AtomicInteger();
  private final Map<String, Integer> hanging = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads;

  Workers(Duration limit) {
    this.limit = limit;
    threads =
        new ThreadPoolExecutor(
            0,
            MOST,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> new Worker(work, made.incrementAndGet()));
  }

  /** The limit that is set, or the usual one. */
  static Duration limit(String setting) {
    return setting == null || setting.isBlank()
        ? DEFAULT
        : Duration.ofSeconds(Math.max(1, Long.parseLong(setting.strip())));
  }

  /** The work's answer, or 503 when that does not come in time. */
  RestAnswer answer(String path, Supplier<RestAnswer> work) {
    if (Thread.currentThread() instanceof Worker) {
      return work.get(); // a resource that asks another: its own time is limited
    }
    String application = application(path);
    if (hanging.getOrDefault(application, 0) >= MOST_HANGING) {
      return refusal(
          path,
          MOST_HANGING
              + " requests to "
              + application
              + " hang; restart the bundle that answers there, or the gateway");
    }
    AtomicReference<State> state = new AtomicReference<>(State.RUNS);
    try {
      return await(path, application, threads.submit(() -> run(work, application, state)), state);
    } catch (RejectedExecutionException e) {
      return Refusals.withRetryAfter(
          refusal(path, MOST + " requests are at work; try again"), Duration.ofSeconds(1));
    }
  }

  private RestAnswer run(
      Supplier<RestAnswer> work, String application, AtomicReference<State> state) {
    try {
      return work.get();
    } finally {
      if (state.getAndSet(State.ENDED) == State.GIVEN_UP) {
        count(application, -1);
      }
    }
  }

  private RestAnswer await(
      String path, String application, Future<RestAnswer> answer, AtomicReference<State> state) {
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      count(application, 1);
      if (!state.compareAndSet(State.RUNS, State.GIVEN_UP)) {
        count(application, -1); // ended in this very moment
      }
      answer.cancel(true);
      return refusal(
          path,
          "no answer within "
              + limit.toSeconds()
              + " s, the request was given up and may have been done in part; look at the health page"
              + " and the log for what hangs, and ask again, or raise "
              + LIMIT);
    } catch (ExecutionException e) {
      return JerseyEngine.text(500, "internal error: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      return refusal(path, "the gateway is stopping");
    }
  }

  private void count(String application, int more) {
    hanging.merge(application, more, (a, b) -> a + b == 0 ? null : a + b);
  }

  private static RestAnswer refusal(String path, String message) {
    return Refusals.answer(new Limits.Exceeded(503, Duration.ZERO, message), path);
  }

  /** The first three parts of the path: what one resource is at. */
  static String application(String path) {
    int end = 0;
    for (int i = 0; i < 3 && end >= 0; i++) {
      end = path.indexOf('/', end + 1);
    }
    String most = end < 0 ? path : path.substring(0, end);
    int query = most.indexOf('?');
    return query < 0 ? most : most.substring(0, query);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
