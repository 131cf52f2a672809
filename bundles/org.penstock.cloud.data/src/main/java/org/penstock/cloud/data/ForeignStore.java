package org.penstock.cloud.data;

import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.data.DataTransportToken;
import org.eclipse.kura.message.store.StoredMessage;
import org.eclipse.kura.message.store.provider.MessageStore;
import org.penstock.api.outbox.OutboxMessage;

/**
 * A store of another provider, through Kura's interface. It has neither publishers nor eviction: order
 * is by priority and age, and when full it refuses all but priorities 0 and 1.
 */
final class ForeignStore implements Store {

  private static final int NEVER_REFUSED = 1;

  private final MessageStore store;
  private final int capacity;
  private final AtomicLong refused = new AtomicLong();
  private StoredMessage taken; // given out, not yet marked in the store; guarded by this

  ForeignStore(MessageStore store, int capacity) {
    this.store = store;
    this.capacity = capacity;
  }

  /** What the store's exception says, as the data service's callers expect it. */
  private static IOException failed(KuraStoreException cause) {
    return new IOException(cause.getMessage(), cause);
  }

  @Override
  public synchronized Outbox.Added add(OutboxMessage message) throws IOException {
    try {
      if (message.priority() > NEVER_REFUSED && store.getMessageCount() >= capacity) {
        refused.incrementAndGet();
        throw new Outbox.Full(
            "the message store holds " + capacity + " messages (store.capacity) and takes no more");
      }
      int id =
          store.store(
              message.topic(),
              message.payload(),
              message.qos(),
              message.retain(),
              message.priority());
      return new Outbox.Added(id, CompletableFuture.completedFuture(null));
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized Optional<Message> next(BiPredicate<Integer, Integer> allowed)
      throws IOException {
    try {
      markTaken();
      Optional<StoredMessage> next = store.getNextMessage();
      if (next.isEmpty() || !allowed.test(next.get().getPriority(), next.get().getQos())) {
        return Optional.empty();
      }
      taken = next.get();
      return next.map(ForeignStore::message);
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  private void markTaken() throws KuraStoreException {
    if (taken != null) {
      StoredMessage sent = taken;
      taken = null;
      if (sent.getQos() == 0) {
        store.markAsPublished(sent.getId());
      } else {
        store.markAsPublished(sent.getId(), new DataTransportToken(sent.getId(), "outbox"));
      }
    }
  }

  private static Message message(StoredMessage stored) {
    return new Message(
        stored.getId(),
        stored.getCreatedOn().map(Date::getTime).orElse(0L),
        "",
        stored.getTopic(),
        stored.getPayload() == null ? new byte[0] : stored.getPayload(),
        stored.getQos(),
        stored.isRetain(),
        stored.getPriority(),
        false);
  }

  @Override
  public synchronized boolean remove(int id) throws IOException {
    try {
      boolean unconfirmed = taken == null || taken.getId() != id || taken.getQos() > 0;
      markTaken();
      if (unconfirmed) {
        store.markAsConfirmed(id);
      }
      return true;
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void putBack(int id) {
    if (taken != null && taken.getId() == id) {
      taken = null;
    }
  }

  @Override
  public synchronized int putBackAll(Set<Integer> except) throws IOException {
    try {
      int count = inFlight();
      taken = null;
      store.unpublishAllInFlighMessages();
      return count;
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized int dropInFlight() throws IOException {
    try {
      markTaken();
      int count = inFlight();
      store.dropAllInFlightMessages();
      return count;
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  /** Deletes what is done since so many seconds. */
  void tidy(int purgeAge) throws IOException {
    try {
      store.deleteStaleMessages(purgeAge);
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public int depth() throws IOException {
    try {
      return store.getUnpublishedMessages().size() + store.getInFlightMessages().size();
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized int inFlight() throws IOException {
    try {
      boolean flying = taken != null && taken.getQos() > 0;
      return store.getInFlightMessages().size() + (flying ? 1 : 0);
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public int mostUrgent() throws IOException {
    try {
      return store.getNextMessage().map(StoredMessage::getPriority).orElse(Integer.MAX_VALUE);
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long evicted() {
    return refused.get();
  }

  @Override
  public long oldest() throws IOException {
    try {
      return store.getUnpublishedMessages().stream()
          .flatMap(m -> m.getCreatedOn().stream())
          .mapToLong(Date::getTime)
          .min()
          .orElse(0);
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public List<Integer> ids(boolean flying, Predicate<String> topic) throws IOException {
    try {
      List<StoredMessage> all =
          flying ? store.getInFlightMessages() : store.getUnpublishedMessages();
      return all.stream().filter(m -> topic.test(m.getTopic())).map(StoredMessage::getId).toList();
    } catch (KuraStoreException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
