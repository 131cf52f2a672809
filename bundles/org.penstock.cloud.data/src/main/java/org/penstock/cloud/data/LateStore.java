package org.penstock.cloud.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.message.store.provider.MessageStoreProvider;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.penstock.api.outbox.OutboxMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of a provider that comes and goes; while it is away, nothing can be stored. */
final class LateStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(LateStore.class);

  /**
   * Which store.
   *
   * @param provider kura.service.pid of the provider
   * @param name of the store in it
   */
  record Place(String provider, String name, int capacity) {}

  private final Place place;
  private final AtomicReference<ForeignStore> store = new AtomicReference<>();
  private final ServiceTracker<MessageStoreProvider, ForeignStore> tracker;

  LateStore(BundleContext context, Place place, Runnable came, Runnable went) {
    this.place = place;
    this.tracker =
        new ServiceTracker<>(context, filter(place.provider()), null) {
          @Override
          public ForeignStore addingService(ServiceReference<MessageStoreProvider> reference) {
            return opened(context.getService(reference), came);
          }

          @Override
          public void removedService(
              ServiceReference<MessageStoreProvider> reference, ForeignStore gone) {
            if (store.compareAndSet(gone, null)) {
              went.run();
            }
            gone.close();
            context.ungetService(reference);
          }
        };
    tracker.open();
  }

  private static org.osgi.framework.Filter filter(String pid) {
    try {
      return FrameworkUtil.createFilter(
          "(&(objectClass="
              + MessageStoreProvider.class.getName()
              + ")(kura.service.pid="
              + pid.replaceAll("[\\\\()*]", "\\\\$0")
              + "))");
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("store.db.service.pid can't be a pid: " + pid, e);
    }
  }

  private ForeignStore opened(MessageStoreProvider provider, Runnable came) {
    try {
      ForeignStore opened =
          new ForeignStore(provider.openMessageStore(place.name()), place.capacity());
      store.set(opened);
      came.run();
      return opened;
    } catch (KuraStoreException e) {
      LOG.error(
          "{} can't open the message store {}: {}", place.provider(), place.name(), e.getMessage());
      return null;
    }
  }

  private ForeignStore need() throws IOException {
    ForeignStore now = store.get();
    if (now == null) {
      throw new IOException(
          "there is no message store " + place.provider() + "; check store.db.service.pid");
    }
    return now;
  }

  /** Deletes what is done since so many seconds. */
  void tidy(int purgeAge) throws IOException {
    need().tidy(purgeAge);
  }

  boolean present() {
    return store.get() != null;
  }

  @Override
  public Outbox.Added add(OutboxMessage message) throws IOException {
    return need().add(message);
  }

  @Override
  public Optional<Message> next(BiPredicate<Integer, Integer> allowed) throws IOException {
    return need().next(allowed);
  }

  @Override
  public boolean remove(int id) throws IOException {
    return need().remove(id);
  }

  @Override
  public void putBack(int id) throws IOException {
    need().putBack(id);
  }

  @Override
  public int putBackAll(Set<Integer> except) throws IOException {
    return need().putBackAll(except);
  }

  @Override
  public int dropInFlight() throws IOException {
    return need().dropInFlight();
  }

  @Override
  public int depth() throws IOException {
    return need().depth();
  }

  @Override
  public int inFlight() throws IOException {
    return need().inFlight();
  }

  @Override
  public int mostUrgent() throws IOException {
    return need().mostUrgent();
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public long evicted() {
    ForeignStore now = store.get();
    return now == null ? 0 : now.evicted();
  }

  @Override
  public long oldest() throws IOException {
    return need().oldest();
  }

  @Override
  public List<Integer> ids(boolean flying, Predicate<String> topic) throws IOException {
    return need().ids(flying, topic);
  }

  @Override
  public void close() {
    tracker.close();
  }
}
