package org.penstock.cloud.data;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraNotConnectedException;
import org.eclipse.kura.KuraTooManyInflightMessagesException;
import org.eclipse.kura.data.DataTransportService;
import org.eclipse.kura.data.DataTransportToken;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes messages from the outbox to the transport while there is room in flight; on its strand. */
final class Pump {

  private static final Logger LOG = LoggerFactory.getLogger(Pump.class);
  private static final int LIMITED_FROM = 5;
  private static final int TURN = 100;

  /** A message in flight. */
  private record Flying(int id, String topic) {}

  private final Outbox outbox;
  private final Strand strand;
  private final int window;
  private final RateLimit limit;
  private final BiConsumer<Integer, String> published;
  private final BiConsumer<Integer, String> confirmed;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final Map<DataTransportToken, Flying> tokens = new HashMap<>();
  private final AtomicLong publishedCount = new AtomicLong();
  private final AtomicLong confirmedCount = new AtomicLong();
  private volatile DataTransportService transport;

  /**
   * Makes one.
   *
   * @param limit null for none
   */
  Pump(
      Outbox outbox,
      Strand strand,
      int window,
      RateLimit limit,
      BiConsumer<Integer, String> published,
      BiConsumer<Integer, String> confirmed) {
    this.outbox = outbox;
    this.strand = strand;
    this.window = window;
    this.limit = limit;
    this.published = published;
    this.confirmed = confirmed;
  }

  void use(DataTransportService now) {
    transport = now;
  }

  /** There may be something to send. Any thread may call. */
  void wake() {
    if (waiting.compareAndSet(false, true)) {
      strand.execute(this::run);
    }
  }

  private void run() {
    waiting.set(false);
    DataTransportService target = transport;
    for (int i = 0; i < TURN; i++) {
      if (target == null || !target.isConnected() || !sendNext(target)) {
        return;
      }
    }
    wake(); // others on this strand get their turn
  }

  private boolean sendNext(DataTransportService target) {
    try {
      Optional<Message> next = outbox.next(this::mayGo);
      return next.isPresent() && send(target, next.get());
    } catch (IOException e) {
      LOG.error("the outbox can't be read: {}", e.getMessage());
      return false;
    }
  }

  private boolean mayGo(Entry entry) {
    if (entry.qos > 0 && outbox.inFlight() >= window) {
      return false;
    }
    if (limit == null || entry.priority < LIMITED_FROM) {
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
      if (message.qos() > 0) {
        tokens.put(token, new Flying(message.id(), message.topic()));
      } else {
        outbox.remove(message.id());
      }
      published.accept(message.id(), message.topic());
      return true;
    } catch (KuraNotConnectedException | KuraTooManyInflightMessagesException e) {
      outbox.putBack(message.id()); // goes on with the connection, or with the next confirmation
      return false;
    } catch (KuraException e) {
      outbox.putBack(message.id());
      LOG.warn(
          "message {} to {} can't be sent now: {}", message.id(), message.topic(), e.getMessage());
      return false;
    }
  }

  /** The broker has the message. Called on the strand. */
  void confirm(DataTransportToken token) {
    Flying flying = tokens.remove(token);
    if (flying == null) {
      return;
    }
    try {
      outbox.remove(flying.id());
    } catch (IOException e) {
      LOG.error(
          "the confirmation of message {} can't be stored, it may be sent again: {}",
          flying.id(),
          e.getMessage());
    }
    confirmedCount.incrementAndGet();
    confirmed.accept(flying.id(), flying.topic());
    wake();
  }

  /** A new session begins: what was in flight is sent again or dropped. Called on the strand. */
  int newSession(boolean republish) {
    tokens.clear();
    try {
      return republish ? outbox.putBackAll() : outbox.dropInFlight();
    } catch (IOException e) {
      LOG.error("the outbox can't be written: {}", e.getMessage());
      return 0;
    }
  }

  long publishedCount() {
    return publishedCount.get();
  }

  long confirmedCount() {
    return confirmedCount.get();
  }
}
