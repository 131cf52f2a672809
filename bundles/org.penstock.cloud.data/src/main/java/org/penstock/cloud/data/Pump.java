package org.penstock.cloud.data;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  private record Flying(int id, String topic, long sentAt) {}

  /** Who hears of messages. */
  record Ears(BiConsumer<Integer, String> published, BiConsumer<Integer, String> confirmed) {}

  private final Store store;
  private final Strand strand;
  private final Window window;
  private final RateLimit limit;
  private final Ears ears;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Map<DataTransportToken, Flying> tokens = new HashMap<>();
  private final AtomicLong publishedCount = new AtomicLong();
  private final AtomicLong confirmedCount = new AtomicLong();
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
    DataTransportService target = transport;
    for (int i = 0; i < TURN; i++) {
      if (target == null || !open || !target.isConnected() || !sendNext(target)) {
        return;
      }
    }
    wake(); // others on this strand get their turn
  }

  private boolean sendNext(DataTransportService target) {
    try {
      Optional<Message> next = store.next(this::mayGo);
      return next.isPresent() && send(target, next.get());
    } catch (IOException e) {
      LOG.error("the outbox can't be read: {}", e.getMessage());
      return false;
    }
  }

  private boolean mayGo(int priority, int qos) {
    if (qos > 0 && tokens.size() >= window.size()) {
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
    try {
      DataTransportToken token =
          target.publish(message.topic(), message.payload(), message.qos(), message.retain());
      publishedCount.incrementAndGet();
      lastMove.set(System.nanoTime());
      if (message.qos() > 0) {
        tokens.put(token, new Flying(message.id(), message.topic(), System.nanoTime()));
      } else {
        store.remove(message.id());
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

  /** The broker has the message. Called on the strand. */
  void confirm(DataTransportToken token) {
    Flying flying = tokens.remove(token);
    lastMove.set(System.nanoTime());
    if (flying == null) {
      wake(); // there may be room again
      return;
    }
    window.confirmed(flying.sentAt(), tokens.size() + 1 >= window.size());
    try {
      store.remove(flying.id());
      unnoted.set(false);
    } catch (IOException e) {
      if (!unnoted.getAndSet(true)) {
        LOG.error(
            "the confirmation of message {} can't be stored, it may be sent again after a restart: {}",
            flying.id(),
            e.getMessage());
      }
    }
    confirmedCount.incrementAndGet();
    ears.confirmed().accept(flying.id(), flying.topic());
    wake();
  }

  /**
   * The connection was told to be up, or down. The transport itself may be up before: what was in
   * flight must go first, or messages would overtake. Called on the strand.
   */
  void open(boolean now) {
    open = now;
  }

  /** A new session begins: what was in flight is sent again or dropped. Called on the strand. */
  int newSession(boolean republish) {
    tokens.clear();
    window.reset();
    try {
      return republish ? store.putBackAll() : store.dropInFlight();
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
