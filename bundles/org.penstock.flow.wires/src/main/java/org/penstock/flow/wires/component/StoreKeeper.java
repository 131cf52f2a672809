package org.penstock.flow.wires.component;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.WireRecordStore;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;

/**
 * Inserts records into a store and keeps it within its size. A changed configuration makes a new one.
 * Thread safe.
 */
final class StoreKeeper implements AutoCloseable {

  /**
   * What is wanted.
   *
   * @param name of the store
   * @param most records, at which it is cut
   * @param keep records that a cut leaves, with the new one
   */
  record Rules(String name, int most, int keep) {

    static Rules parse(Settings settings, String name, String most, String keep) {
      return new Rules(
          settings.text(name, "WR_data"),
          settings.number(most, 10_000, 1, Integer.MAX_VALUE),
          settings.number(keep, 5_000, 0, Integer.MAX_VALUE));
    }

    int left() {
      return Math.max(0, Math.min(keep, most) - 1);
    }
  }

  private final Rules rules;
  private final WireRecordStoreProvider provider;
  private final AtomicReference<WireRecordStore> store = new AtomicReference<>();
  private final LongAdder stored = new LongAdder();

  StoreKeeper(Rules rules, WireRecordStoreProvider provider) {
    this.rules = rules;
    this.provider = provider;
  }

  /**
   * Inserts; when that fails, once more with the store opened anew.
   *
   * @throws KuraStoreException when it fails again
   */
  synchronized void insert(List<WireRecord> records) throws KuraStoreException {
    try {
      tryInsert(records);
    } catch (KuraStoreException first) {
      close();
      tryInsert(records);
    }
    stored.add(records.size());
  }

  private void tryInsert(List<WireRecord> records) throws KuraStoreException {
    if (store.get() == null) {
      store.set(provider.openWireRecordStore(rules.name()));
    }
    if (store.get().getSize() >= rules.most()) {
      store.get().truncate(rules.left());
    }
    store.get().insertRecords(records);
  }

  Map<String, Object> figures() {
    return Map.of("stored", stored.sum());
  }

  @Override
  public synchronized void close() {
    WireRecordStore open = store.getAndSet(null);
    if (open != null) {
      open.close();
    }
  }
}
