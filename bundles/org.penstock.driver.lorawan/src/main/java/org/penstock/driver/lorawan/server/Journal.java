package org.penstock.driver.lorawan.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.storage.SegmentedLog;
import org.penstock.driver.lorawan.codec.Eui;

/**
 * Sessions and used DevNonces, on disk before anybody hears of what they allow. One thread writes. Where
 * there is no durable storage, as on Kura, it keeps nothing.
 */
public final class Journal implements AutoCloseable {

  private static final byte SESSION = 'S';
  private static final byte NONCE = 'N';
  private static final LogOptions OPTIONS = new LogOptions(1 << 20, Duration.ofMillis(5));
  private static final long COMPACT_ABOVE = 16 << 20;
  private static final long RETRY_AFTER = 1 << 20;

  private final SegmentedLog log;
  private final Map<Eui, Session> sessions = new HashMap<>();
  private final Map<Eui, Set<Integer>> nonces = new HashMap<>();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private final AtomicLong above = new AtomicLong(COMPACT_ABOVE);
  private final LongAdder failedTruncations = new LongAdder();

  /**
   * Opens what is there.
   *
   * @param storage null to keep nothing
   */
  public Journal(DurableStorage storage, Path folder) throws IOException {
    log = storage == null ? null : storage.openLog(folder, OPTIONS);
    if (log != null) {
      log.replay((position, content) -> read(ByteBuffer.wrap(content)));
    }
  }

  private void read(ByteBuffer in) throws IOException {
    byte kind = in.get();
    Eui device = new Eui(in.getLong());
    if (kind == SESSION && in.remaining() >= Session.LENGTH) {
      sessions.put(device, Session.read(in));
    } else if (kind == NONCE) {
      while (in.remaining() >= Short.BYTES) {
        used(device).add(in.getShort() & 0xffff);
      }
    } else {
      throw new IOException("a record of unknown kind " + kind);
    }
  }

  private Set<Integer> used(Eui device) {
    return nonces.computeIfAbsent(device, d -> new HashSet<>());
  }

  /** Survives a stop of the gateway. */
  public boolean durable() {
    return log != null;
  }

  Session session(Eui device) {
    return sessions.get(device);
  }

  boolean isUsed(Eui device, int devNonce) {
    return used(device).contains(devNonce);
  }

  /** A device that counts its DevNonces has come as far as this, or farther. */
  boolean isPassed(Eui device, int devNonce) {
    return used(device).stream().anyMatch(used -> used >= devNonce);
  }

  /** Keeps a session; the stage completes when it is on disk. */
  CompletionStage<Void> keep(Eui device, Session session) {
    sessions.put(device, session);
    ByteBuffer out = ByteBuffer.allocate(9 + Session.LENGTH);
    out.put(SESSION).putLong(device.value());
    session.write(out);
    return append(out.array());
  }

  /** Keeps a DevNonce that must not be used again; the session's record follows and is forced with it. */
  CompletionStage<Void> use(Eui device, int devNonce) {
    used(device).add(devNonce);
    return append(
        ByteBuffer.allocate(11)
            .put(NONCE)
            .putLong(device.value())
            .putShort((short) devNonce)
            .array());
  }

  private CompletionStage<Void> append(byte[] content) {
    if (log == null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      SegmentedLog.Appended appended = log.append(content);
      if (log.bytes() > above.get() && compacting.compareAndSet(false, true)) {
        compact();
      }
      return appended.durable();
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Writes all that counts anew and drops what lies before, once every record of it is on disk. */
  private void compact() {
    List<SegmentedLog.Appended> copies = new ArrayList<>();
    try {
      copy(copies);
    } catch (IOException full) {
      compacted(false); // what was to be kept is appended, whatever becomes of its copy
      return;
    }
    CompletableFuture<?>[] durable =
        copies.stream()
            .map(copy -> copy.durable().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    long first = copies.get(0).position();
    CompletableFuture.allOf(durable)
        .whenComplete((done, failure) -> compacted(failure == null && truncated(first)));
  }

  private void copy(List<SegmentedLog.Appended> copies) throws IOException {
    for (Map.Entry<Eui, Set<Integer>> entry : nonces.entrySet()) {
      ByteBuffer out = ByteBuffer.allocate(9 + 2 * entry.getValue().size());
      out.put(NONCE).putLong(entry.getKey().value());
      entry.getValue().forEach(nonce -> out.putShort(nonce.shortValue()));
      copies.add(log.append(out.array()));
    }
    for (Map.Entry<Eui, Session> entry : sessions.entrySet()) {
      ByteBuffer out = ByteBuffer.allocate(9 + Session.LENGTH);
      out.put(SESSION).putLong(entry.getKey().value());
      entry.getValue().write(out);
      copies.add(log.append(out.array()));
    }
  }

  /** In the log's own thread. */
  private boolean truncated(long position) {
    try {
      log.truncateBefore(position);
      return true;
    } catch (IOException stays) {
      failedTruncations.increment();
      return false;
    }
  }

  /** It is done, or is tried again when the log has grown by some more. */
  private void compacted(boolean done) {
    above.set(done ? Math.max(COMPACT_ABOVE, 2 * log.bytes()) : log.bytes() + RETRY_AFTER);
    compacting.set(false);
  }

  /** How often old segments could not be deleted. */
  long failedTruncations() {
    return failedTruncations.sum();
  }

  @Override
  public void close() throws IOException {
    if (log != null) {
      log.close();
    }
  }
}
