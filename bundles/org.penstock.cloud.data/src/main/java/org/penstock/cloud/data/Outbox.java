package org.penstock.cloud.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.penstock.api.outbox.OutboxMessage;
import org.penstock.api.storage.SegmentedLog;

/**
 * Messages that are not yet delivered, on disk. What {@link #add} gave an id for is there after a
 * crash once its stage has completed, and stays until it is removed; the removal itself may be lost
 * with a crash, which sends a message twice and never loses one. Any thread may call.
 */
final class Outbox implements Store {

  /** So often a message that can't be read is tried, a second apart, before it is lost. */
  static final int MOST_TRIES = 60;

  /** An id, and when the message is on the disk. */
  record Added(int id, CompletionStage<Void> durable) {

    /** Waits until the message is on the disk; one that hangs for a minute is an error. */
    void await() throws IOException {
      try {
        durable.toCompletableFuture().get(DURABLE_LIMIT_S, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted before the message was on the disk", e);
      } catch (ExecutionException | CompletionException e) {
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
   * @param eviction what gives way
   */
  record Capacity(int messages, long bytes, Eviction eviction) {}

  /** The priority's policy is to refuse the newest. */
  static final class Full extends IOException {
    private static final long serialVersionUID = 1L;

    Full(String message) {
      super(message);
    }
  }

  /** A message on its way, and where it goes back to. */
  private record Flight(Lane lane, Entry entry) {}

  /** Segments that may be deleted once a record is on the disk. */
  private record Cut(long before, CompletionStage<Void> after) {}

  private static final long DURABLE_LIMIT_S = 60;
  private static final byte DATA = 1;
  private static final byte REMOVED = 2;
  private static final byte LAST_ID = 3;
  private static final long CACHE_BYTES = 2 << 20;
  private static final long TIDY_BYTES = 4 << 20;

  private final SegmentedLog log;
  private final Capacity capacity;
  private final long tidyBytes;
  private final Shelves shelves = new Shelves();
  private final TreeMap<Integer, Flight> inFlight = new TreeMap<>(Ids.ORDER);
  private final Map<Integer, Message> cache = new HashMap<>();
  private final Removals removals;

  // changed under the lock of this
  private final AtomicInteger lastId = new AtomicInteger();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong cachedBytes = new AtomicLong();
  private final AtomicLong removedBytes = new AtomicLong();
  private final AtomicLong evicted = new AtomicLong();
  private final AtomicInteger unreadable = new AtomicInteger(-1); // which one could not be read
  private final AtomicInteger tries = new AtomicInteger();
  private final AtomicReference<Cut> cut = new AtomicReference<>();

  Outbox(SegmentedLog log, Capacity capacity) throws IOException {
    this(log, capacity, TIDY_BYTES);
  }

  /** For tests: gives space back when so many bytes were removed. */
  Outbox(SegmentedLog log, Capacity capacity, long tidyBytes) throws IOException {
    this.log = log;
    this.removals = new Removals(log);
    this.capacity = capacity;
    this.tidyBytes = tidyBytes;
    log.replay(this::restore);
  }

  private void restore(long position, byte[] content) {
    ByteBuffer in = ByteBuffer.wrap(content);
    byte kind = in.get();
    if (kind == DATA) {
      restore(position, content.length, Message.decode(in));
    } else if (kind == REMOVED) {
      int id = in.getInt();
      lastId.accumulateAndGet(id, Ids::later);
      Lane lane = shelves.find(in.getInt(), id);
      if (lane != null) {
        forget(shelves.remove(lane, id));
      }
    } else if (kind == LAST_ID) {
      lastId.accumulateAndGet(in.getInt(), Ids::later);
    }
  }

  private void restore(long position, int length, Message message) {
    lastId.accumulateAndGet(message.id(), Ids::later);
    Lane lane = shelves.lane(message.priority(), message.lane());
    lane.serve(message.newestFirst());
    Entry known = lane.find(message.id());
    if (known == null) {
      insert(lane, Entry.of(message, length, position));
    } else { // it was written again when its segment was given back
      lane.move(message.id(), position);
    }
  }

  private void insert(Lane lane, Entry entry) {
    shelves.add(lane, entry);
    count.incrementAndGet();
    bytes.addAndGet(entry.bytes());
  }

  private void forget(Entry entry) {
    uncache(entry.id());
    count.decrementAndGet();
    bytes.addAndGet(-entry.bytes());
    removedBytes.addAndGet(entry.bytes());
  }

  @Override
  public synchronized Added add(OutboxMessage given) throws IOException {
    int id = Ids.after(lastId.get());
    Message message = Message.of(id, System.currentTimeMillis(), given);
    byte[] content = message.encode(DATA);
    while (count.get() > 0
        && (count.get() >= capacity.messages()
            || bytes.get() + content.length > capacity.bytes())) {
      evict(given.priority());
    }
    removals.write();
    SegmentedLog.Appended appended =
        given.durability() == OutboxMessage.Durability.RELAXED
            ? log.appendLater(content)
            : log.append(content);
    if (given.durability() == OutboxMessage.Durability.RECORD) {
      log.hurry();
    }
    lastId.set(id);
    Lane lane = shelves.lane(message.priority(), message.lane());
    lane.serve(message.newestFirst());
    insert(lane, Entry.of(message, content.length, appended.position()));
    if (cachedBytes.get() + message.payload().length <= CACHE_BYTES) {
      cache.put(id, message);
      cachedBytes.addAndGet(message.payload().length);
    }
    return new Added(id, appended.durable());
  }

  private void evict(int arriving) throws IOException {
    Lane lane = shelves.fullest();
    if (lane == null) { // all are in flight
      evicted.incrementAndGet();
      remove(List.of(inFlight.firstEntry().getValue()));
      return;
    }
    Eviction.Policy policy = capacity.eviction().of(lane.priority());
    if (policy == Eviction.Policy.NEWEST && arriving >= lane.priority()) {
      throw new Full(
          "the outbox is full with %d messages of %d bytes and refuses new ones of priority %d"
              .formatted(count.get(), bytes.get(), arriving));
    }
    Entry victim =
        switch (policy) {
          case OLDEST -> lane.oldest();
          case NEWEST -> lane.newest();
          case THIN_OUT -> lane.thinnest();
        };
    evicted.incrementAndGet();
    remove(List.of(new Flight(lane, victim)));
  }

  @Override
  public synchronized Optional<Message> next(BiPredicate<Integer, Integer> allowed)
      throws IOException {
    for (Lane lane = shelves.next(); lane != null; lane = shelves.next()) {
      Entry entry = lane.peek();
      if (!allowed.test(lane.priority(), entry.qos())) {
        return Optional.empty();
      }
      Optional<Message> message = load(lane, entry);
      if (message.isPresent()) {
        inFlight.put(entry.id(), new Flight(lane, shelves.take(lane)));
        return message;
      }
    }
    return Optional.empty();
  }

  /**
   * Empty when it is damaged on the disk: counted and left out. A failure that may pass, too many open
   * files for example, is thrown; only when it stays with the same message is that one lost.
   */
  private Optional<Message> load(Lane lane, Entry entry) throws IOException {
    Message cached = cache.get(entry.id());
    if (cached != null) {
      uncache(entry.id());
      return Optional.of(cached);
    }
    try {
      return Optional.of(read(entry));
    } catch (SegmentedLog.Damaged e) {
      return drop(lane, entry);
    } catch (IOException e) {
      boolean again = unreadable.getAndSet(entry.id()) == entry.id();
      if (tries.updateAndGet(n -> again ? n + 1 : 1) < MOST_TRIES) {
        throw e;
      }
      return drop(lane, entry);
    }
  }

  private Optional<Message> drop(Lane lane, Entry entry) throws IOException {
    evicted.incrementAndGet();
    remove(List.of(new Flight(lane, entry)));
    return Optional.empty();
  }

  private Message read(Entry entry) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(log.read(entry.position()));
    in.get();
    return Message.decode(in);
  }

  private void uncache(int id) {
    Message message = cache.remove(id);
    if (message != null) {
      cachedBytes.addAndGet(-message.payload().length);
    }
  }

  @Override
  public synchronized boolean remove(int id) throws IOException {
    Flight flight = inFlight.get(id);
    if (flight == null) {
      return false;
    }
    remove(List.of(flight));
    return true;
  }

  @Override
  public synchronized void removeAll(List<Integer> ids) throws IOException {
    remove(ids.stream().map(inFlight::get).filter(Objects::nonNull).toList());
  }

  private void remove(List<Flight> gone) throws IOException {
    for (Flight flight : gone) {
      int id = flight.entry().id();
      if (inFlight.remove(id) != null || shelves.remove(flight.lane(), id) != null) {
        forget(flight.entry());
      }
      removals.note(
          ByteBuffer.allocate(9).put(REMOVED).putInt(id).putInt(flight.lane().priority()).array());
    }
    try {
      removals.write();
    } catch (IOException e) {
      log.truncateBefore(lowest(Long.MAX_VALUE)); // what nobody needs any more makes room
      throw e;
    }
    cutIfDue();
    if (removedBytes.get() > Math.max(tidyBytes, log.bytes() / 32)) {
      tidy();
    }
  }

  @Override
  public synchronized void putBack(int id) {
    Flight flight = inFlight.remove(id);
    if (flight != null) {
      Lane lane = shelves.lane(flight.lane().priority(), flight.lane().publisher());
      lane.serve(flight.lane().newestFirst());
      shelves.add(lane, flight.entry());
    }
  }

  @Override
  public synchronized int putBackAll(Set<Integer> except) {
    List<Integer> back = inFlight.keySet().stream().filter(id -> !except.contains(id)).toList();
    back.forEach(this::putBack);
    return back.size();
  }

  @Override
  public synchronized int dropInFlight() throws IOException {
    int dropped = inFlight.size();
    remove(List.copyOf(inFlight.values()));
    return dropped;
  }

  /**
   * Gives disk space back: a few old messages that pin much space are written again. What stood
   * before is deleted only when that is on the disk.
   */
  private void tidy() throws IOException {
    removedBytes.set(0);
    if (log.bytes() > 4 * bytes.get() + 4 * tidyBytes) {
      long limit = lowest(Long.MAX_VALUE) + tidyBytes;
      List<Entry> old = new ArrayList<>();
      eachEntry(e -> e.position() < limit && old.add(e) ? e : e);
      Map<Integer, Long> moved = new HashMap<>();
      for (Entry entry : old) {
        byte[] content;
        try {
          content = log.read(entry.position());
        } catch (IOException unreadable) {
          continue; // what becomes of it is decided when it is to be sent
        }
        moved.put(entry.id(), log.append(content).position());
      }
      eachEntry(e -> moved.containsKey(e.id()) ? e.at(moved.get(e.id())) : e);
    }
    SegmentedLog.Appended mark =
        log.append(ByteBuffer.allocate(5).put(LAST_ID).putInt(lastId.get()).array());
    cut.set(new Cut(lowest(mark.position()), mark.durable()));
  }

  private void cutIfDue() throws IOException {
    Cut now = cut.get();
    if (now != null && now.after().toCompletableFuture().isDone()) {
      cut.set(null);
      if (!now.after().toCompletableFuture().isCompletedExceptionally()) {
        log.truncateBefore(now.before());
      }
    }
  }

  private void eachEntry(java.util.function.UnaryOperator<Entry> change) {
    shelves.lanes().forEach(lane -> lane.replaceAll(change));
    inFlight.replaceAll((id, flight) -> new Flight(flight.lane(), change.apply(flight.entry())));
  }

  private long lowest(long given) {
    long lowest = given;
    for (Lane lane : shelves.lanes()) {
      lowest = lane.lowest(lowest);
    }
    for (Flight flight : inFlight.values()) {
      lowest = Math.min(lowest, flight.entry().position());
    }
    return lowest;
  }

  @Override
  public synchronized int depth() {
    return count.get();
  }

  @Override
  public synchronized int inFlight() {
    return inFlight.size();
  }

  @Override
  public synchronized int mostUrgent() {
    Lane next = shelves.next();
    return next == null ? Integer.MAX_VALUE : next.priority();
  }

  @Override
  public synchronized long bytes() {
    return bytes.get();
  }

  @Override
  public synchronized long evicted() {
    return evicted.get();
  }

  @Override
  public long damaged() {
    return log.damaged();
  }

  @Override
  public synchronized long oldest() {
    int oldest = Integer.MAX_VALUE;
    for (Flight flight : inFlight.values()) {
      oldest = Math.min(oldest, flight.entry().second());
    }
    for (Lane lane : shelves.lanes()) {
      oldest = Math.min(oldest, lane.oldest().second());
    }
    return oldest == Integer.MAX_VALUE ? 0 : oldest * 1000L;
  }

  @Override
  public synchronized List<Integer> ids(boolean flying, Predicate<String> topic)
      throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (flying) {
      inFlight.values().forEach(flight -> entries.add(flight.entry()));
    } else {
      shelves
          .lanes()
          .forEach(
              lane ->
                  lane.replaceAll(
                      e -> {
                        entries.add(e);
                        return e;
                      }));
    }
    List<Integer> ids = new ArrayList<>();
    for (Entry entry : entries) {
      if (topic.test(read(entry).topic())) {
        ids.add(entry.id());
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
