package org.penstock.driver.zigbee2mqtt;

import com.google.gson.JsonElement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.Records;
import org.penstock.driver.zigbee2mqtt.codec.StatePayload;

/**
 * Reads and writes channels. A read gives what the device told last, with the time of that; only
 * what it never told is asked for. A write is done when the device tells the new value.
 */
final class ZigbeeSession {

  private final Bridge bridge;
  private final DriverStatistics statistics;
  private final long timeoutMillis;
  private final long oldestMillis;
  private final LongSupplier clock;

  /** A session; an age of zero stands for none. */
  ZigbeeSession(
      Bridge bridge,
      DriverStatistics statistics,
      Duration timeout,
      Duration greatestAge,
      LongSupplier clock) {
    this.bridge = bridge;
    this.statistics = statistics;
    this.timeoutMillis = timeout.toMillis();
    this.oldestMillis = greatestAge.toMillis();
    this.clock = clock;
  }

  /** Fills all records, side by side. Returns at once. */
  CompletableFuture<Void> read(List<ZigbeeRequest> requests) {
    return each(requests, this::value);
  }

  /** Writes all records, side by side. Returns at once. */
  CompletableFuture<Void> write(List<ZigbeeRequest> requests) {
    return each(requests, this::set);
  }

  private CompletableFuture<Void> each(
      List<ZigbeeRequest> requests, Function<ZigbeeRequest, CompletableFuture<Void>> exchange) {
    boolean asks = requests.stream().anyMatch(r -> r.channel().isPresent());
    CompletableFuture<Void> ready =
        asks ? bridge.ready(timeoutMillis) : CompletableFuture.completedFuture(null);
    return ready.thenCompose(
        now ->
            CompletableFuture.allOf(
                requests.stream().map(exchange).toArray(CompletableFuture[]::new)));
  }

  private CompletableFuture<Void> value(ZigbeeRequest request) {
    try {
      ZigbeeChannel channel = channel(request);
      Network.Point point = bridge.network().find(channel);
      statistics.asked();
      Network.Told last = bridge.network().last(point.device(), channel.property()).orElse(null);
      if (last != null) {
        read(request, point, channel, last, Duration.ZERO);
        return CompletableFuture.completedFuture(null);
      }
      return ask(request, point, channel);
    } catch (DriverException error) {
      fail(request, error);
      return CompletableFuture.completedFuture(null);
    }
  }

  private static ZigbeeChannel channel(ZigbeeRequest request) throws DriverException {
    if (request.fault().isPresent()) {
      throw request.fault().get();
    }
    return request.channel().orElseThrow();
  }

  private CompletableFuture<Void> ask(
      ZigbeeRequest request, Network.Point point, ZigbeeChannel channel) throws DriverException {
    if (!point.exposed().gettable()) {
      throw new DriverException(
          ErrorKind.RETRIABLE,
          point.device().name(),
          "has not told '%s' yet, and can't be asked for it".formatted(channel.property()));
    }
    long begin = System.nanoTime();
    CompletableFuture<Network.Told> answer =
        bridge.await(point.device(), channel.property(), value -> true, timeoutMillis);
    send(point.device().name() + "/get", StatePayload.get(point.exposed()), answer);
    return answer.handle(
        (told, error) -> {
          if (error == null) {
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - begin);
            read(request, point, channel, told, roundTrip);
          } else {
            fail(request, unanswered(point, error, "does not answer"));
          }
          return null;
        });
  }

  /** What can't be published ends the waiting at once. */
  private CompletableFuture<Void> send(
      String topic, byte[] payload, CompletableFuture<Network.Told> answer) {
    return bridge
        .publish(topic, payload)
        .whenComplete(
            (sent, error) -> {
              if (error != null) {
                answer.completeExceptionally(error);
              }
            });
  }

  private void read(
      ZigbeeRequest request,
      Network.Point point,
      ZigbeeChannel channel,
      Network.Told told,
      Duration roundTrip) {
    long age = clock.getAsLong() - told.at();
    if (oldestMillis > 0 && age > oldestMillis) {
      fail(
          request,
          new DriverException(
              ErrorKind.RETRIABLE,
              point.device().name(),
              "told '%s' %d s ago the last time; age.max.s allows %d"
                  .formatted(channel.property(), age / 1000, oldestMillis / 1000)));
      return;
    }
    try {
      Records.read(
          request.record(),
          StatePayload.typed(told.value(), point.exposed(), channel.type()),
          told.at());
      statistics.achieved(roundTrip);
    } catch (IllegalArgumentException misfit) {
      statistics.failed(ErrorKind.CONFIGURATION);
      Records.misfit(request.record(), misfit, clock.getAsLong());
    }
  }

  private CompletableFuture<Void> set(ZigbeeRequest request) {
    try {
      ZigbeeChannel channel = channel(request);
      Network.Point point = bridge.network().find(channel);
      if (!point.exposed().settable()) {
        throw new DriverException(
            ErrorKind.REFUSED,
            point.device().name(),
            "'%s' can't be written".formatted(channel.property()));
      }
      byte[] body = StatePayload.set(point.exposed(), request.record().getValue());
      statistics.asked();
      return send(request, point, body);
    } catch (DriverException error) {
      fail(request, error);
    } catch (IllegalArgumentException misfit) {
      fail(
          request,
          new DriverException(
              ErrorKind.CONFIGURATION,
              "channel " + request.record().getChannelName(),
              misfit.getMessage(),
              misfit));
    }
    return CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<Void> send(ZigbeeRequest request, Network.Point point, byte[] body) {
    long begin = System.nanoTime();
    AtomicReference<JsonElement> other = new AtomicReference<>();
    CompletableFuture<Network.Told> told =
        bridge.await(
            point.device(),
            point.exposed().path(),
            value -> {
              other.set(value);
              return StatePayload.isSame(value, point.exposed(), request.record().getValue());
            },
            timeoutMillis);
    CompletableFuture<Void> sent = send(point.device().name() + "/set", body, told);
    CompletableFuture<?> done = point.exposed().published() ? told : sent;
    return done.handle(
        (any, error) -> {
          if (error == null) {
            statistics.achieved(Duration.ofNanos(System.nanoTime() - begin));
            Records.written(request.record(), clock.getAsLong());
          } else {
            String reports = other.get() == null ? "" : "; it tells " + other.get() + " instead";
            fail(request, unanswered(point, error, "did not confirm the write" + reports));
          }
          return null;
        });
  }

  private DriverException unanswered(Network.Point point, Throwable error, String late) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    String words =
        cause instanceof TimeoutException
            ? late + " within " + timeoutMillis + " ms"
            : String.valueOf(cause.getMessage());
    return new DriverException(ErrorKind.RETRIABLE, point.device().name(), words, cause);
  }

  private void fail(ZigbeeRequest request, DriverException error) {
    statistics.failed(error.kind());
    Records.failed(request.record(), error, clock.getAsLong());
  }

  /** Waits for a read or write; its timeout bounds it. For the blocking methods of Kura. */
  static void await(CompletableFuture<Void> running) throws ConnectionException {
    try {
      running.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof ConnectionException connection) {
        throw connection;
      }
      throw new ConnectionException("unexpected", failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ConnectionException("interrupted", interrupted);
    }
  }
}
