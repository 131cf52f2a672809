package org.penstock.driver.template;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.eclipse.kura.driver.Driver.ConnectionException;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;
import org.penstock.api.driver.LinkState;
import org.penstock.driver.kit.DriverStatistics;
import org.penstock.driver.kit.LinkSupervisor;
import org.penstock.driver.kit.Records;
import org.penstock.driver.template.codec.ToyFrame;
import org.penstock.driver.template.link.ToyLink;

/**
 * Asks and answers: one exchange after the other, never a waiting thread. What a real driver does
 * here: send grouped requests, keep several in flight where the protocol allows it.
 *
 * <p>The error rule: what concerns one channel goes into that channel's record and the read goes on;
 * what concerns the link ends the read with {@link ConnectionException}, and the supervisor decides
 * when the next try is due. Nothing is logged here: the supervisor logs a change of state, once.
 */
final class TemplateSession {

  private final ToyLink link;
  private final LinkSupervisor supervisor;
  private final DriverStatistics statistics;

  TemplateSession(ToyLink link, LinkSupervisor supervisor, DriverStatistics statistics) {
    this.link = link;
    this.supervisor = supervisor;
    this.statistics = statistics;
  }

  /** Reads one after the other; completes when all records are filled. Returns at once. */
  CompletableFuture<Void> read(List<TemplateRequest> requests) {
    return each(requests, request -> exchange(request, ToyFrame.Kind.READ, ""));
  }

  /** Writes one after the other. Returns at once. */
  CompletableFuture<Void> write(List<TemplateRequest> requests) {
    return each(
        requests,
        request ->
            exchange(request, ToyFrame.Kind.WRITE, "=" + request.record().getValue().getValue()));
  }

  private CompletableFuture<Void> each(
      List<TemplateRequest> requests, Function<TemplateRequest, CompletableFuture<Void>> exchange) {
    boolean asks = requests.stream().anyMatch(request -> request.channel().isPresent());
    CompletableFuture<Void> all =
        !asks || mayAsk() ? CompletableFuture.completedFuture(null) : refused();
    for (TemplateRequest request : requests) {
      all = all.thenCompose(before -> exchange.apply(request));
    }
    return all;
  }

  /** Not known to be offline, or the back-off is over and this read may try. */
  private boolean mayAsk() {
    return supervisor.state().phase() != LinkState.Phase.OFFLINE || supervisor.tryToConnect();
  }

  private CompletableFuture<Void> refused() {
    String reason =
        supervisor.refusal().map(Throwable::getMessage).orElse("another read is connecting");
    return CompletableFuture.failedFuture(new ConnectionException(reason));
  }

  private CompletableFuture<Void> exchange(
      TemplateRequest request, ToyFrame.Kind kind, String value) {
    if (request.fault().isPresent()) {
      fail(request, request.fault().get());
      return CompletableFuture.completedFuture(null);
    }
    TemplateChannel channel = request.channel().orElseThrow();
    long begin = System.nanoTime();
    statistics.asked();
    return link.exchange(new ToyFrame(kind, channel.address() + value).encode())
        .handle(
            (bytes, error) -> {
              if (error != null) {
                throw lost(error);
              }
              supervisor.online();
              answered(request, channel, kind, bytes, Duration.ofNanos(System.nanoTime() - begin));
              return null;
            });
  }

  /** The wire is cut, or nobody answers: that ends the read, and the back-off begins. */
  private CompletionException lost(Throwable error) {
    statistics.failed(ErrorKind.RETRIABLE);
    String reason = error instanceof IOException ? "wire cut" : error.getMessage();
    if (!link.isClosed()) {
      supervisor.offline(reason);
    }
    return new CompletionException(new ConnectionException(reason, error));
  }

  private void answered(
      TemplateRequest request,
      TemplateChannel channel,
      ToyFrame.Kind kind,
      byte[] bytes,
      Duration roundTrip) {
    try {
      ToyFrame answer = ToyFrame.decode(bytes);
      if (answer.kind() == ToyFrame.Kind.REFUSAL) {
        fail(request, new DriverException(ErrorKind.REFUSED, channel.address(), answer.text()));
        return;
      }
      statistics.achieved(roundTrip);
      if (kind == ToyFrame.Kind.WRITE) {
        Records.written(request.record(), now());
      } else {
        Records.read(request.record(), channel.decode(answer.text()), now());
      }
    } catch (DriverException damaged) {
      fail(request, damaged);
    } catch (IllegalArgumentException misfit) {
      Records.misfit(request.record(), misfit, now());
    }
  }

  private void fail(TemplateRequest request, DriverException error) {
    statistics.failed(error.kind());
    Records.failed(request.record(), error, now());
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** Waits for a read or write; the link's timeout bounds it. For the blocking methods of Kura. */
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
