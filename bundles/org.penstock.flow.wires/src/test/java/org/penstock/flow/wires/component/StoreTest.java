package org.penstock.flow.wires.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.WireRecordStore;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;
import org.junit.jupiter.api.Test;
import org.penstock.flow.wires.testkit.ManualStrands;
import org.penstock.flow.wires.testkit.Wires;

/** Without this, a store would grow without end, lose what it should keep, or be asked too often. */
class StoreTest {

  private final List<String> calls = new ArrayList<>();
  private int size;
  private int failures;

  private final WireRecordStoreProvider provider =
      new WireRecordStoreProvider() {
        @Override
        public WireRecordStore openWireRecordStore(String name) {
          calls.add("open " + name);
          return new WireRecordStore() {
            @Override
            public void truncate(int number) {
              calls.add("truncate " + number);
              size = number;
            }

            @Override
            public int getSize() {
              return size;
            }

            @Override
            public void insertRecords(List<WireRecord> records) throws KuraStoreException {
              if (failures > 0) {
                failures--;
                throw new KuraStoreException("no");
              }
              calls.add("insert");
              size += records.size();
            }

            @Override
            public void close() {
              calls.add("close");
            }
          };
        }

        @Override
        public void addListener(ConnectionListener listener) {
          calls.add("listen");
        }

        @Override
        public void removeListener(ConnectionListener listener) {
          calls.add("unlisten");
        }
      };

  @Test
  void atItsSizeItIsCutToOneLessThanIsKept() throws KuraStoreException {
    StoreKeeper keeper = new StoreKeeper(new StoreKeeper.Rules("s", 3, 2), provider);
    for (int i = 0; i < 5; i++) {
      keeper.insert(List.of(Wires.record("i", i)));
    }
    assertEquals("open s,insert,insert,insert,truncate 1,insert,insert", String.join(",", calls));
    assertEquals(0, new StoreKeeper.Rules("s", 3, 0).left());
    assertEquals(2, new StoreKeeper.Rules("s", 3, 9).left());
  }

  @Test
  void aFailedInsertIsTriedOnceMoreWithTheStoreOpenedAnew() throws KuraStoreException {
    StoreKeeper keeper = new StoreKeeper(new StoreKeeper.Rules("s", 3, 2), provider);
    failures = 1;
    keeper.insert(List.of(Wires.record("i", 1)));
    assertEquals("open s,close,open s,insert", String.join(",", calls));
    failures = 2;
    assertThrows(KuraStoreException.class, () -> keeper.insert(List.of(Wires.record("i", 2))));
  }

  @Test
  void anAnswerIsRememberedForItsTime() throws KuraStoreException {
    ManualStrands clock = new ManualStrands();
    int[] asked = {0};
    QueryCache cache =
        new QueryCache(
            QueryCache.Rules.parse(
                new Settings(Map.of("query", "SELECT 1", "cache.expiration.interval", 2)), "query"),
            query -> {
              asked[0]++;
              return List.of(Wires.record("n", asked[0]));
            },
            clock);
    cache.ask();
    clock.advance(Duration.ofMillis(1999));
    assertEquals("n=1", Wires.text(cache.ask().get(0)));
    clock.advance(Duration.ofMillis(1));
    assertEquals("n=2", Wires.text(cache.ask().get(0)));
  }
}
