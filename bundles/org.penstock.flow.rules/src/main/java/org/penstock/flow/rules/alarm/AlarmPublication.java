package org.penstock.flow.rules.alarm;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.message.KuraPayload;
import org.penstock.api.outbox.Unwaited;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the journal, entry by entry, from where it was left. However many entries wait, memory holds
 * where it is and the next few positions. After a crash the last second may be published again. Any
 * thread may call.
 */
final class AlarmPublication {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmPublication.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int MOST_AT_ONCE = 200;
  private static final long DISK_LIMIT_S = 60;
  private static final int MOST_FETCHED = 10_000;

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final Strand strand;
  private final DurableStorage storage;
  private final Path file;
  private final Optional<AlarmJournal> journal;
  private final Deque<Long> fetched = new ArrayDeque<>(); // of the strand
  private final AtomicLong published = new AtomicLong();
  private final AtomicLong safe = new AtomicLong(-1); // in the outbox, on its disk
  private final AtomicLong stored = new AtomicLong(-1);
  private final AtomicBoolean passing = new AtomicBoolean();
  private final AtomicReference<CloudPublisher> publisher = new AtomicReference<>();
  private final AtomicReference<Way> way = new AtomicReference<>(new Way(-1, -1, 0, 0));

  /**
   * How far it is.
   *
   * @param last position of the entry that was published last
   * @param newest position of the newest entry
   * @param waiting how many lie between, those included that the journal has cut off meanwhile
   * @param lost how many were cut off before they were published
   */
  private record Way(long last, long newest, long waiting, long lost) {

    Way found(long position) {
      return position > last ? new Way(last, position, waiting + 1, lost) : this;
    }

    Way passed(long position) {
      return position < newest
          ? new Way(position, newest, waiting - 1, lost)
          : new Way(position, newest, 0, lost + waiting - 1);
    }

    boolean isOver() {
      return last >= newest;
    }
  }

  AlarmPublication(
      Strand strand, DurableStorage storage, Path file, Optional<AlarmJournal> journal) {
    this.strand = strand;
    this.storage = storage;
    this.file = file;
    this.journal = journal;
    try {
      if (Files.exists(file)) {
        long last = Long.parseLong(Files.readString(file).strip());
        way.set(new Way(last, -1, 0, 0));
        safe.set(last);
        stored.set(last);
      }
    } catch (IOException | NumberFormatException damaged) {
      LOG.warn("{} cannot be read; alarms are published again", file, damaged);
    }
  }

  /** There is an entry. */
  void found(long position) {
    if (!way.updateAndGet(now -> now.found(position)).isOver()) {
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
    try (Unwaited open = Unwaited.begin()) {
      for (int i = 0; i < MOST_AT_ONCE && !way.get().isOver(); i++) {
        CloudPublisher now = publisher.get();
        if (now == null || !fetch() || !passed(now, fetched.element())) {
          again = RETRY;
          break;
        }
        long position = fetched.remove();
        way.updateAndGet(one -> one.passed(position));
      }
      if (areSafe(open)) {
        safe.set(way.get().last());
        store();
      }
    }
    passing.set(false);
    if (!way.get().isOver()) {
      begin(again);
    }
  }

  /** What was published is on the outbox's disk, all of it at once; what is not is published again after a crash. */
  private static boolean areSafe(Unwaited open) {
    try {
      open.durable().toCompletableFuture().get(DISK_LIMIT_S, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException stops) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException notTaken) {
      LOG.error("alarms that were published may be lost by a power cut", notTaken);
    }
    return false;
  }

  /** There is a next position. */
  private boolean fetch() {
    try {
      AlarmJournal from = journal.orElseThrow();
      while (!fetched.isEmpty() && !from.has(fetched.element())) {
        fetched.remove();
      }
      if (fetched.isEmpty()) {
        fetched.addAll(from.after(way.get().last(), MOST_FETCHED));
      }
    } catch (IOException unreadable) {
      LOG.error("alarms cannot be published: the journal cannot be read", unreadable);
    }
    return !fetched.isEmpty();
  }

  private boolean passed(CloudPublisher now, long position) {
    try {
      Entry entry = journal.orElseThrow().read(position);
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
    return true;
  }

  /** Where it is, at most once for each batch. */
  private void store() {
    long now = safe.get();
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
    return way.get().waiting();
  }

  long lost() {
    return way.get().lost();
  }

  void close() {
    store();
  }
}
