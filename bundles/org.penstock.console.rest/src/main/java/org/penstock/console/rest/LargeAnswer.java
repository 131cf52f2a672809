package org.penstock.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;

/**
 * A body that may not fit into the network's buffers: it is written as the client takes it, holds no
 * thread meanwhile, and is broken off after a minute.
 */
final class LargeAnswer implements WriteListener, AsyncListener {

  /** What is smaller goes at once. */
  static final int LARGE = 32 << 10;

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final int PART = 32 << 10;

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final byte[] body;
  private int written;

  private LargeAnswer(AsyncContext context, byte[] body) throws IOException {
    this.context = context;
    this.body = body;
    out = context.getResponse().getOutputStream();
  }

  /** Begins to write; status and headers are set. */
  static void write(HttpServletRequest request, byte[] body) throws IOException {
    AsyncContext context = AsyncRequests.of(request);
    context.setTimeout(LONGEST.toMillis());
    LargeAnswer answer = new LargeAnswer(context, body);
    context.addListener(answer);
    answer.out.setWriteListener(answer);
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      if (written == body.length) {
        context.complete();
        return;
      }
      int part = Math.min(PART, body.length - written);
      out.write(body, written, part);
      written += part;
    }
  }

  @Override
  public void onError(Throwable error) {
    context.complete();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    context.complete(); // short of its length: the server closes the connection
  }

  @Override
  public void onComplete(AsyncEvent event) {
    // nothing is held
  }

  @Override
  public void onError(AsyncEvent event) {
    // the server ends it
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // begins once only
  }
}
