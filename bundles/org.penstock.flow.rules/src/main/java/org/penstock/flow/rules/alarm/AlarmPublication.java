package org.penstock.flow.rules.alarm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal, entry by entry, from where it was left. Only positions wait in memory. After
 * a crash the last second may be published again. Any thread may call.
 */
final class AlarmPublication {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmPublication.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 200;
  private static final int MOST_WAITING = 1_000_000;

  /** Reads one entry of the journal. */
  interface Source {
    /** The entry at a position. */
    Entry read(long position) throws IOException;
  }

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final Strand strand;
  private final DurableStorage storage;
  private final Path file;
  private final Source source;
  private final ConcurrentLinkedQueue<Long> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong last = new AtomicLong(-1);
  private final AtomicLong stored = new AtomicLong(-1);
  private final AtomicBoolean passing = new AtomicBoolean();
  private final AtomicReference<CloudPublisher> publisher = new AtomicReference<>();

  AlarmPublication(Strand strand, DurableStorage storage, Path file, Source source) {
    this.strand = strand;
    this.storage = storage;
    this.file = file;
    this.source = source;
    try {
      if (Files.exists(file)) {
        last.set(Long.parseLong(Files.readString(file).strip()));
        stored.set(last.get());
      }
    } catch (IOException | NumberFormatException damaged) {
      LOG.warn("{} cannot be read; alarms are published again", file, damaged);
    }
  }

  /** There is an entry. */
  void found(long position) {
    if (position > last.get()) {
      waiting.add(position);
      if (count.incrementAndGet() > MOST_WAITING && waiting.poll() != null) {
        count.decrementAndGet();
      }
      begin(Duration.ZERO);
    }
  }

  void publisher(CloudPublisher now) {
    publisher.set(now);
    begin(Duration.ZERO);
  }

  void gone(CloudPublisher before) {
    publisher.compareAndSet(before, null);
  }

  private void begin(Duration delay) {
    if (publisher.get() != null && passing.compareAndSet(false, true)) {
      strand.after(delay, this::pass);
    }
  }

  private void pass() {
    Duration again = Duration.ZERO;
    for (int i = 0; i < MOST_AT_ONCE && !waiting.isEmpty(); i++) {
      CloudPublisher now = publisher.get();
      if (now == null || !passed(now, waiting.element())) {
        again = RETRY;
        break;
      }
      waiting.remove();
      count.decrementAndGet();
    }
    store();
    passing.set(false);
    if (!waiting.isEmpty()) {
      begin(again);
    }
  }

  private boolean passed(CloudPublisher now, long position) {
    try {
      Entry entry = source.read(position);
      KuraPayload payload = new KuraPayload();
      payload.setTimestamp(new Date(entry.at()));
      payload.setBody(gson.toJson(Alarms.shown(entry)).getBytes(StandardCharsets.UTF_8));
      payload.addMetric("alarm", entry.name());
      payload.addMetric("kind", entry.kind().name());
      payload.addMetric("state", entry.state());
      now.publish(
          new KuraMessage(payload, Map.of("alarm", entry.name(), "kind", entry.kind().name())));
      published.incrementAndGet();
    } catch (KuraException refusal) {
      if (refusal.getCode() == KuraErrorCode.SERVICE_UNAVAILABLE) {
        return false;
      }
      LOG.error("an alarm cannot be published", refusal);
    } catch (IOException unreadable) {
      LOG.error("an alarm cannot be published: the journal no longer has it", unreadable);
    }
    last.set(position);
    return true;
  }

  /** Where it is, at most once for each batch. */
  private void store() {
    long now = last.get();
    if (now == stored.get()) {
      return;
    }
    try {
      storage.replace(file, Long.toString(now).getBytes(StandardCharsets.UTF_8));
      stored.set(now);
    } catch (IOException full) {
      LOG.debug("{} is not written", file, full);
    }
  }

  long published() {
    return published.get();
  }

  long waiting() {
    return count.get();
  }

  void close() {
    store();
  }
}
