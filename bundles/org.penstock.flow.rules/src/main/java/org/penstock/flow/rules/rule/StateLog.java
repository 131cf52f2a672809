package org.penstock.flow.rules.rule;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;

/**
 * What rules remember, by name: the last entry of each counts. Older ones are left behind when the
 * log has grown, once all that counts is on disk behind them. Any thread may call.
 */
final class StateLog implements AutoCloseable {

  private static final LogOptions OPTIONS = new LogOptions(1 << 20, Duration.ofMillis(20));
  private static final long ROOM = 8L << 20;
  private static final int GROWTH = 4;
  private static final int RETRIES = 8;
  private static final long FLUSH_LIMIT = 1_000_000_000;

  private final SegmentedLog log;
  private final long room;
  private final Map<String, byte[]> last = new HashMap<>();
  private final AtomicBoolean shortening = new AtomicBoolean();
  private final AtomicLong notBelow = new AtomicLong();
  private final AtomicLong flushUntil =
      new AtomicLong(System.nanoTime()); // until then somebody does it
  private final AtomicBoolean failed = new AtomicBoolean();
  private long live;

  StateLog(DurableStorage storage, Path folder) throws IOException {
    this(storage, folder, OPTIONS, ROOM);
  }

  StateLog(DurableStorage storage, Path folder, LogOptions options, long room) throws IOException {
    this.log = storage.openLog(folder, options);
    this.room = room;
    log.replay((position, content) -> read(content));
  }

  private void read(byte[] content) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    String name = in.readUTF();
    keep(name, in.readAllBytes());
  }

  private void keep(String name, byte[] state) {
    byte[] before = last.put(name, state);
    live += state.length - (before == null ? 0 : before.length);
  }

  private static byte[] entry(String name, byte[] state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(name);
    out.write(state);
    return bytes.toByteArray();
  }

  /** Remembers, at once; durable within 20 ms. */
  synchronized void put(String name, byte[] state) throws IOException {
    keep(name, state);
    log.append(entry(name, state));
    failed.set(false);
    shortenIfLong();
  }

  /**
   * Remembers; what rules remember in the same moment is written together, which is durable within 20 ms.
   *
   * @param soon runs what writes it, after what others have to do at this moment
   * @throws IOException the disk takes nothing, now or with what was remembered before
   */
  void gather(String name, byte[] state, Executor soon) throws IOException {
    if (failed.get()) {
      put(name, state);
      return;
    }
    boolean first;
    synchronized (this) {
      keep(name, state);
      SegmentedLog.Appended appended = log.appendLater(entry(name, state));
      long now = System.nanoTime();
      first = flushUntil.get() - now <= 0;
      if (first) {
        flushUntil.set(now + FLUSH_LIMIT); // a strand may close before it does
        appended.durable().whenComplete(this::forced);
      }
      shortenIfLong();
    }
    if (first) {
      try {
        soon.execute(this::flush);
      } catch (RejectedExecutionException closed) {
        flush();
      }
    }
  }

  private void forced(Void done, Throwable failure) {
    if (failure != null) {
      failed.set(true);
    }
  }

  private void flush() {
    flushUntil.set(System.nanoTime());
    try {
      log.flush();
    } catch (IOException full) {
      failed.set(true); // who remembers next hears of it
    }
  }

  private void shortenIfLong() {
    long most = Math.max(notBelow.get(), room + GROWTH * live);
    if (log.bytes() > most && shortening.compareAndSet(false, true)) {
      shorten();
    }
  }

  private void shorten() {
    List<SegmentedLog.Appended> copies = new ArrayList<>();
    try {
      for (Map.Entry<String, byte[]> one : last.entrySet()) {
        copies.add(log.appendLater(entry(one.getKey(), one.getValue())));
      }
    } catch (IOException full) {
      shortened(false); // the state that was put is in the log, whatever becomes of its copy
      return;
    }
    CompletableFuture<?>[] durable =
        copies.stream()
            .map(copy -> copy.durable().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    long first = copies.get(0).position();
    CompletableFuture.allOf(durable)
        .whenComplete((done, failure) -> shortened(failure == null && truncated(first)));
  }

  /** In the log's own thread, which must not wait for this object's monitor. */
  private boolean truncated(long first) {
    try {
      log.truncateBefore(first);
      return true;
    } catch (IOException stays) {
      return false;
    }
  }

  /** It is done, or is tried again when the log has grown by some more. */
  private void shortened(boolean done) {
    notBelow.set(done ? 0 : log.bytes() + room / RETRIES);
    shortening.set(false);
  }

  synchronized Optional<byte[]> get(String name) {
    return Optional.ofNullable(last.get(name));
  }

  /** Of all that something is remembered of. */
  synchronized Set<String> names() {
    Set<String> names = new TreeSet<>();
    last.forEach(
        (name, state) -> {
          if (state.length > 0) {
            names.add(name);
          }
        });
    return names;
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
