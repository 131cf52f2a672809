package org.penstock.console.rest;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.penstock.api.security.Caller;
import org.penstock.console.rest.EventHub.Event;

/**
 * One watcher's connection. It holds no thread: frames wait in a queue until the network takes them.
 * A watcher who is too slow loses what waits and is told so by the event {@code reset}.
 */
final class EventStream implements EventHub.Watcher, WriteListener {

  private static final int MOST_WAITING = 4 << 20;
  private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESET =
      "event: reset\ndata: {\"reason\":\"too slow\"}\n\n".getBytes(StandardCharsets.US_ASCII);

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Set<String> types;
  private final Set<String> assets;
  private final Supplier<Optional<Caller>> recheck;
  private final Consumer<EventStream> ended;
  private final AtomicReference<Caller> caller;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean done;

  /**
   * A stream that takes events and does not write yet.
   *
   * @param assets the watcher wants to know of; empty for all
   * @param recheck who the watcher is now; empty when he must go
   */
  EventStream(
      AsyncContext context,
      Caller caller,
      Set<String> types,
      Set<String> assets,
      Supplier<Optional<Caller>> recheck,
      Consumer<EventStream> ended)
      throws IOException {
    this.context = context;
    this.out = context.getResponse().getOutputStream();
    this.caller = new AtomicReference<>(caller);
    this.types = Set.copyOf(types);
    this.assets = Set.copyOf(assets);
    this.recheck = recheck;
    this.ended = ended;
  }

  /** Begins to write. */
  void begin() {
    out.setWriteListener(this);
  }

  @Override
  public Set<String> types() {
    return types;
  }

  @Override
  public void take(Event event) {
    boolean wanted =
        (types.contains(event.type()) || event.type().equals(EventHub.RESET))
            && (assets.isEmpty() || event.asset().isEmpty() || assets.contains(event.asset()))
            && event.isFor(caller.get());
    if (wanted) {
      put(event.frame());
    }
  }

  /** Keeps the connection alive, and ends it when the watcher may not watch any longer. */
  void beat() {
    Optional<Caller> now = recheck.get();
    if (now.isEmpty()) {
      end();
    } else {
      caller.set(now.get());
      put(BEAT);
    }
  }

  private synchronized void put(byte[] frame) {
    if (done) {
      return;
    }
    if (bytes + frame.length > MOST_WAITING) {
      waiting.clear();
      waiting.add(RESET);
      bytes = RESET.length;
    }
    waiting.add(frame);
    bytes += frame.length;
    drain();
  }

  @Override
  public synchronized void onWritePossible() {
    drain();
  }

  private void drain() {
    try {
      boolean wrote = false;
      while (!done && out.isReady()) {
        byte[] frame = waiting.poll();
        if (frame == null) {
          if (!wrote) {
            return;
          }
          wrote = false;
          out.flush();
        } else {
          bytes -= frame.length;
          out.write(frame);
          wrote = true;
        }
      }
    } catch (IOException | IllegalStateException e) {
      end(); // the watcher has gone
    }
  }

  @Override
  public void onError(Throwable error) {
    end();
  }

  void end() {
    synchronized (this) {
      if (done) {
        return;
      }
      done = true;
      waiting.clear();
    }
    ended.accept(this);
    try {
      context.complete();
    } catch (IllegalStateException e) {
      bytes = 0; // the container has completed it already
    }
  }
}
