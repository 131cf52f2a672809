package org.penstock.cloud.data;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages from the store to the transport while there is room in flight; on its strand. */
final class Pump {

  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final int LIMITED_FROM = 5;
  private static final int TURN = 100;
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** A message in flight. */
  record Flying(int id, String topic, int bytes, long sentAt) {}

  /** Who hears of messages. */
  record Ears(BiConsumer<Integer, String> published, BiConsumer<Integer, String> confirmed) {}

  private final Store store;
  private final Strand strand;
  private final Window window;
  private final RateLimit limit;
  private final Ears ears;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Map<DataTransportToken, Flying> tokens = new HashMap<>();
  private final List<Flying> done = new ArrayList<>(); // sent, and nobody will confirm it
  private final Queue<DataTransportToken> heard = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean hearing = new AtomicBoolean();
  private final AtomicLong publishedCount = new AtomicLong();
  private final AtomicLong confirmedCount = new AtomicLong();
  private final Suspects suspects = new Suspects(System::nanoTime);
  private final AtomicInteger resting = new AtomicInteger();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private final AtomicBoolean unreadable = new AtomicBoolean();
  private final AtomicInteger unsent = new AtomicInteger();
  private final AtomicBoolean unnoted = new AtomicBoolean();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong lastMove = new AtomicLong(System.nanoTime());
  private volatile DataTransportService transport;
  private volatile boolean open;

  /**
   * Makes one.
   *
   * @param limit null for none
   */
  Pump(Store store, Strand strand, Window window, RateLimit limit, Ears ears) {
    this.store = store;
    this.strand = strand;
    this.window = window;
    this.limit = limit;
    this.ears = ears;
  }

  void use(DataTransportService now) {
    transport = now;
  }

  /** There may be something to send. Any thread may call. */
  void wake() {
    if (open && waiting.compareAndSet(false, true)) {
      strand.execute(this::run);
    }
  }

  private void run() {
    waiting.set(false);
    boolean more = sendSome();
    if (!done.isEmpty()) {
      note(done);
      done.clear();
    }
    if (more) {
      wake(); // others on this strand get their turn
    }
  }

  private boolean sendSome() {
    DataTransportService target = transport;
    for (int i = 0; i < TURN; i++) {
      if (target == null || !open || !target.isConnected() || !sendNext(target)) {
        return false;
      }
    }
    return true;
  }

  private boolean sendNext(DataTransportService target) {
    try {
      Optional<Message> next = store.next(this::mayGo);
      unreadable.set(false);
      return next.isPresent() && send(target, next.get());
    } catch (IOException e) {
      if (!unreadable.getAndSet(true)) {
        LOG.error("the outbox can't be read, tried again: {}", e.getMessage());
      }
      strand.after(RETRY, this::wake);
      return false;
    }
  }

  private boolean mayGo(int priority, int qos) {
    if (qos > 0 && tokens.size() >= (suspects.alone() ? 1 : window.size())) {
      return false;
    }
    if (limit == null || priority < LIMITED_FROM) {
      return true;
    }
    Duration wait = limit.take();
    if (!wait.isZero()) {
      strand.after(wait, this::wake);
    }
    return wait.isZero();
  }

  private boolean send(DataTransportService target, Message message) throws IOException {
    Flying flying =
        new Flying(message.id(), message.topic(), message.payload().length, System.nanoTime());
    if (message.qos() > 0 && suspects.restsAtOnce(flying)) {
      resting.incrementAndGet();
      return true; // stays in flight in the store
    }
    try {
      DataTransportToken token =
          target.publish(message.topic(), message.payload(), message.qos(), message.retain());
      publishedCount.incrementAndGet();
      lastMove.set(System.nanoTime());
      if (message.qos() > 0) {
        tokens.put(
            token,
            new Flying(message.id(), message.topic(), message.payload().length, System.nanoTime()));
      } else {
        done.add(flying);
      }
      ears.published().accept(message.id(), message.topic());
      return true;
    } catch (KuraNotConnectedException | KuraTooManyInflightMessagesException e) {
      store.putBack(message.id()); // goes on with the connection, or with the next confirmation
      return false;
    } catch (KuraException e) {
      return e.getCode() == KuraErrorCode.INVALID_PARAMETER
          ? refuse(message, e)
          : later(message, e);
    }
  }

  private boolean later(Message message, KuraException why) throws IOException {
    store.putBack(message.id());
    if (unsent.getAndSet(message.id()) != message.id()) {
      LOG.warn(
          "message {} to {} can't be sent now: {}",
          message.id(),
          message.topic(),
          why.getMessage());
    }
    strand.after(RETRY, this::wake);
    return false;
  }

  /** What the transport will never take must not hold up all that wait behind it. */
  private boolean refuse(Message message, KuraException why) throws IOException {
    refused.incrementAndGet();
    store.remove(message.id());
    LOG.error(
        "message {} to {} can't be sent and is dropped: {}",
        message.id(),
        message.topic(),
        why.getMessage());
    return true;
  }

  /** The broker has the message. Any thread may call. */
  void confirm(DataTransportToken token) {
    heard.add(token);
    if (hearing.compareAndSet(false, true)) {
      strand.execute(this::takeConfirmed);
    }
  }

  /** What came together is noted in the store with one write, before its places are filled again. */
  private void takeConfirmed() {
    hearing.set(false);
    List<Flying> all = new ArrayList<>();
    DataTransportToken token = heard.poll();
    while (token != null) {
      Flying flying = tokens.remove(token);
      if (flying != null) {
        window.confirmed(flying.sentAt(), tokens.size() + 1 >= window.size());
        suspects.confirmed(flying);
        all.add(flying);
      }
      token = all.size() < TURN ? heard.poll() : null;
    }
    lastMove.set(System.nanoTime());
    note(all);
    confirmedCount.addAndGet(all.size());
    if (!heard.isEmpty() && hearing.compareAndSet(false, true)) {
      strand.execute(this::takeConfirmed);
    }
    wake();
    tell(all.iterator());
  }

  /** A listener that throws ends the task, and not what the others are to hear. */
  private void tell(Iterator<Flying> delivered) {
    try {
      while (delivered.hasNext()) {
        Flying flying = delivered.next();
        ears.confirmed().accept(flying.id(), flying.topic());
      }
    } finally {
      if (delivered.hasNext()) {
        strand.execute(() -> tell(delivered));
      }
    }
  }

  private void note(List<Flying> delivered) {
    try {
      store.removeAll(delivered.stream().map(Flying::id).toList());
      unnoted.set(delivered.isEmpty() && unnoted.get());
    } catch (IOException e) {
      if (!unnoted.getAndSet(true)) {
        LOG.error(
            "that message {} is delivered can't be stored, it may be sent again after a restart: {}",
            delivered.get(0).id(),
            e.getMessage());
      }
    }
  }

  /**
   * The connection was told to be up, or down. The transport itself may be up before: what was in
   * flight must go first, or messages would overtake. Called on the strand.
   */
  void open(boolean now) {
    open = now;
  }

  /** The connection broke. Called on the strand. */
  void lost() {
    open = false;
    for (Flying one : suspects.lost(tokens.values())) {
      Duration length = suspects.length(one.id());
      String words =
          "message %d to %s of %d bytes rests for %d min: each time it was sent the connection ended;"
                  .formatted(one.id(), one.topic(), one.bytes(), length.toMinutes())
              + " look at the broker's log and its limit of size";
      LOG.error("{}", words);
      trouble.set(words);
      strand.after(length, this::wakeRested);
    }
    showResting();
  }

  private void wakeRested() {
    try {
      for (int id : suspects.rested()) {
        if (tokens.values().stream().noneMatch(flying -> flying.id() == id)) {
          store.putBack(id);
        }
      }
    } catch (IOException e) {
      LOG.error("the outbox can't be written: {}", e.getMessage());
    }
    showResting();
    wake();
  }

  private void showResting() {
    resting.set(suspects.resting().size());
    if (resting.get() == 0) {
      trouble.set("");
    }
  }

  /** Messages that rest since connections ended with them. Any thread may call. */
  int restingCount() {
    return resting.get();
  }

  /** What is wrong with a message that rests; empty when none does. Any thread may call. */
  String trouble() {
    return trouble.get();
  }

  /** A new session begins: what was in flight is sent again or dropped. Called on the strand. */
  int newSession(boolean republish) {
    tokens.clear();
    window.reset();
    try {
      if (republish) {
        return store.putBackAll(suspects.resting());
      }
      suspects.clear();
      showResting();
      return store.dropInFlight();
    } catch (IOException e) {
      LOG.error("the outbox can't be written: {}", e.getMessage());
      return 0;
    }
  }

  /** Full, and nothing has been confirmed for so long. Called on the strand. */
  boolean congested(Duration limitOfPatience) {
    return tokens.size() >= window.size()
        && System.nanoTime() - lastMove.get() > limitOfPatience.toNanos();
  }

  /** Since when nothing was sent or confirmed, in nanoseconds; any thread may call. */
  long idleNanos() {
    return System.nanoTime() - lastMove.get();
  }

  /** Messages that wait for their confirmation. Called on the strand. */
  int flying() {
    return tokens.size();
  }

  Window window() {
    return window;
  }

  long refusedCount() {
    return refused.get();
  }

  long publishedCount() {
    return publishedCount.get();
  }

  long confirmedCount() {
    return confirmedCount.get();
  }
}
