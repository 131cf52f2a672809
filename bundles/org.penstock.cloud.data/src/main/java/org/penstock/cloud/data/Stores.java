package org.penstock.cloud.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.penstock.api.storage.DurableStorage;
import org.penstock.api.storage.LogOptions;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store that the configuration names. */
final class Stores {

  /** What Kura's configurations name when nobody chose. */
  static final String KURAS_DEFAULT = "org.eclipse.kura.db.H2DbService";

  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

  private Stores() {}

  static Store open(
      BundleContext context,
      DataServiceConfig config,
      String pid,
      DurableStorage storage,
      Path folder,
      Strand strand,
      Runnable moved)
      throws IOException {
    String provider = config.store_db_service_pid().strip();
    if (!provider.isEmpty() && !provider.equals(KURAS_DEFAULT)) {
      LateStore.Place place = new LateStore.Place(provider, pid, config.store_capacity());
      LateStore store = new LateStore(context, place, moved, moved);
      Duration pause = Duration.ofSeconds(config.store_housekeeper$_$interval());
      strand.every(Duration.ofSeconds(1), pause, () -> tidy(store, config.store_purge$_$age()));
      return store;
    }
    return new Outbox(
        storage.openLog(folder, LogOptions.DEFAULT),
        new Outbox.Capacity(
            config.store_capacity(),
            (long) config.store_capacity_mib() << 20,
            eviction(pid, config.store_eviction())));
  }

  private static Eviction eviction(String pid, String text) {
    try {
      return Eviction.parse(text);
    } catch (IllegalArgumentException e) {
      LOG.error("{}: {}; oldest is used", pid, e.getMessage());
      return Eviction.parse("oldest");
    }
  }

  private static void tidy(LateStore store, int purgeAge) {
    if (store.present()) {
      try {
        store.tidy(purgeAge);
      } catch (IOException e) {
        LOG.warn("the message store can't be tidied: {}", e.getMessage());
      }
    }
  }
}
