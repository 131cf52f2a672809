package org.penstock.cloud.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.penstock.api.storage.SegmentedLog;

/**
 * Messages that are not yet delivered, on disk. What {@link #add} gave an id for is there after a
 * crash once its stage has completed, and stays until it is removed; the removal itself may be lost
 * with a crash, which sends a message twice and never loses one. Any thread may call.
 */
final class Outbox implements AutoCloseable {

  /** An id, and when the message is on the disk. */
  record Added(int id, CompletionStage<Void> durable) {

    /** Waits until the message is on the disk; one that hangs for a minute is an error. */
    void await() throws IOException {
      try {
        durable.toCompletableFuture().get(DURABLE_LIMIT_S, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before the message was on the disk", e);
      } catch (ExecutionException e) {
        throw new IOException(e.getCause().getMessage(), e.getCause());
      } catch (TimeoutException e) {
        throw new IOException(
            "the disk did not take the message within " + DURABLE_LIMIT_S + " s", e);
      }
    }
  }

  /**
   * How much is kept.
   *
   * @param messages most messages
   * @param bytes most bytes
   */
  record Capacity(int messages, long bytes) {}

  private static final long DURABLE_LIMIT_S = 60;
  private static final byte DATA = 1;
  private static final byte REMOVED = 2;
  private static final byte LAST_ID = 3;
  private static final long CACHE_BYTES = 4 << 20;
  private static final long TIDY_BYTES = 4 << 20;

  private final SegmentedLog log;
  private final Capacity capacity;
  private final Map<Integer, TreeMap<Integer, Entry>> waiting = new TreeMap<>();
  private final TreeMap<Integer, Entry> inFlight = new TreeMap<>();

  // guarded by this
  private int lastId;
  private int count;
  private long bytes;
  private long cachedBytes;
  private long removedBytes;
  private long evicted;

  Outbox(SegmentedLog log, Capacity capacity) throws IOException {
    this.log = log;
    this.capacity = capacity;
    log.replay(this::restore);
  }

  private void restore(long position, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    byte kind = in.get();
    if (kind == DATA) {
      Message message = Message.decode(in);
      lastId = Math.max(lastId, message.id());
      Entry known = find(message.id(), message.priority());
      if (known == null) {
        insert(new Entry(message, content.length, position));
      } else {
        known.moveTo(position); // it was written again when its segment was given back
      }
    } else if (kind == REMOVED) {
      int id = in.getInt();
      lastId = Math.max(lastId, id);
      forget(find(id, in.getInt()));
    } else if (kind == LAST_ID) {
      lastId = Math.max(lastId, in.getInt());
    }
  }

  private Entry find(int id, int priority) {
    TreeMap<Integer, Entry> queue = waiting.get(priority);
    Entry entry = queue == null ? null : queue.get(id);
    return entry == null ? inFlight.get(id) : entry;
  }

  private void insert(Entry entry) {
    waiting.computeIfAbsent(entry.priority, p -> new TreeMap<>()).put(entry.id, entry);
    count++;
    bytes += entry.bytes;
  }

  private void forget(Entry entry) {
    if (entry == null) {
      return;
    }
    uncache(entry);
    Map<Integer, Entry> queue = waiting.get(entry.priority);
    boolean was = inFlight.remove(entry.id) != null;
    if (queue != null && queue.remove(entry.id) != null) {
      was = true;
    }
    if (was) {
      count--;
      bytes -= entry.bytes;
      removedBytes += entry.bytes;
    }
  }

  /** Stores a message; when the outbox is full, the oldest of the lowest priority gives way. */
  synchronized Added add(String topic, byte[] payload, int qos, boolean retain, int priority)
      throws IOException {
    int id = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
    Message message =
        new Message(id, topic, payload, qos, retain, priority, System.currentTimeMillis());
    byte[] content = message.encode(DATA);
    while (count > 0
        && (count >= capacity.messages() || bytes + content.length > capacity.bytes())) {
      evict();
    }
    SegmentedLog.Appended appended = log.append(content);
    lastId = id;
    Entry entry = new Entry(message, content.length, appended.position());
    insert(entry);
    if (cachedBytes + content.length <= CACHE_BYTES) {
      entry.cache(message);
      cachedBytes += content.length;
    }
    return new Added(id, appended.durable());
  }

  private void evict() throws IOException {
    int lowest = -1;
    for (Map.Entry<Integer, TreeMap<Integer, Entry>> queue : waiting.entrySet()) {
      lowest = queue.getValue().isEmpty() ? lowest : queue.getKey();
    }
    Entry victim =
        lowest < 0 ? inFlight.firstEntry().getValue() : waiting.get(lowest).firstEntry().getValue();
    evicted++;
    remove(victim);
  }

  /** The next message to send, by priority and then by age; it is in flight from now on. */
  synchronized Optional<Message> next(Predicate<Entry> allowed) throws IOException {
    for (TreeMap<Integer, Entry> queue : waiting.values()) {
      Map.Entry<Integer, Entry> first = queue.firstEntry();
      if (first != null) {
        Entry entry = first.getValue();
        if (!allowed.test(entry)) {
          return Optional.empty();
        }
        Message message = load(entry);
        if (message == null) {
          return next(allowed); // damaged on the disk: counted and left out
        }
        queue.remove(entry.id);
        inFlight.put(entry.id, entry);
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  private Message load(Entry entry) throws IOException {
    Message message = entry.cached();
    if (message != null) {
      uncache(entry);
      return message;
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(log.read(entry.position()));
      in.get();
      return Message.decode(in);
    } catch (IOException e) {
      evicted++;
      remove(entry);
      return null;
    }
  }

  private void uncache(Entry entry) {
    if (entry.cached() != null) {
      cachedBytes -= entry.bytes;
      entry.cache(null);
    }
  }

  /** The message is delivered or given up; gives whether it was there. */
  synchronized boolean remove(int id) throws IOException {
    Entry entry = inFlight.get(id);
    if (entry == null) {
      return false;
    }
    remove(entry);
    return true;
  }

  private void remove(Entry entry) throws IOException {
    forget(entry);
    log.append(ByteBuffer.allocate(9).put(REMOVED).putInt(entry.id).putInt(entry.priority).array());
    if (removedBytes > TIDY_BYTES) {
      tidy();
    }
  }

  /** One message could not be sent: it waits again. */
  synchronized void putBack(int id) {
    Entry entry = inFlight.remove(id);
    if (entry != null) {
      waiting.computeIfAbsent(entry.priority, p -> new TreeMap<>()).put(entry.id, entry);
    }
  }

  /** All that are in flight wait again, in their old order; gives how many. */
  synchronized int putBackAll() {
    int returned = inFlight.size();
    for (Integer id : List.copyOf(inFlight.keySet())) {
      putBack(id);
    }
    return returned;
  }

  /** Gives up all that are in flight; gives how many. */
  synchronized int dropInFlight() throws IOException {
    int dropped = inFlight.size();
    for (Entry entry : List.copyOf(inFlight.values())) {
      remove(entry);
    }
    return dropped;
  }

  /** Gives disk space back: a few old messages that pin much space are written again. */
  private void tidy() throws IOException {
    removedBytes = 0;
    List<Entry> all = new ArrayList<>(inFlight.values());
    waiting.values().forEach(queue -> all.addAll(queue.values()));
    if (log.bytes() > 4 * bytes + 4 * TIDY_BYTES) {
      long oldest = all.stream().mapToLong(Entry::position).min().orElse(Long.MAX_VALUE);
      for (Entry entry : all) {
        if (entry.position() < oldest + TIDY_BYTES) {
          entry.moveTo(log.append(log.read(entry.position())).position());
        }
      }
    }
    SegmentedLog.Appended mark =
        log.append(ByteBuffer.allocate(5).put(LAST_ID).putInt(lastId).array());
    log.truncateBefore(all.stream().mapToLong(Entry::position).min().orElse(mark.position()));
  }

  synchronized int depth() {
    return count;
  }

  synchronized int inFlight() {
    return inFlight.size();
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized long evicted() {
    return evicted;
  }

  /** Creation time of the oldest message, or 0. */
  synchronized long oldest() {
    long oldest = inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.firstEntry().getValue().created;
    for (TreeMap<Integer, Entry> queue : waiting.values()) {
      if (!queue.isEmpty()) {
        oldest = Math.min(oldest, queue.firstEntry().getValue().created);
      }
    }
    return oldest == Long.MAX_VALUE ? 0 : oldest;
  }

  /** Ids whose topic matches, waiting or in flight, in order. */
  synchronized List<Integer> ids(boolean flying, Predicate<String> topic) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (flying) {
      entries.addAll(inFlight.values());
    } else {
      waiting.values().forEach(queue -> entries.addAll(queue.values()));
    }
    List<Integer> ids = new ArrayList<>();
    for (Entry entry : entries) {
      ByteBuffer in = ByteBuffer.wrap(log.read(entry.position()));
      in.get();
      if (topic.test(Message.decode(in).topic())) {
        ids.add(entry.id);
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
