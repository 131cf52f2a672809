package org.penstock.flow.wires.component;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.QueryableWireRecordStoreProvider;

/** Asks a store, and remembers the answer for a while. A changed configuration makes a new one. Thread safe. */
final class QueryCache {

  /**
   * What is wanted.
   *
   * @param query SQL
   * @param kept how long an answer counts
   * @param empty whether an answer without rows is emitted
   */
  record Rules(String query, Duration kept, boolean empty) {

    private static final String USUAL = "SELECT * FROM \"WR_data\" LIMIT 10;";

    static Rules parse(Settings settings, String query) {
      return new Rules(
          settings.text(query, USUAL),
          Duration.ofSeconds(
              settings.number(RecordQueryConfig.EXPIRATION, 0, 0, Integer.MAX_VALUE)),
          settings.flag(RecordQueryConfig.EMPTY, true));
    }
  }

  private record Answer(List<WireRecord> records, long at) {}

  private final Rules rules;
  private final QueryableWireRecordStoreProvider provider;
  private final Clock clock;
  private final AtomicReference<Answer> last = new AtomicReference<>();

  QueryCache(Rules rules, QueryableWireRecordStoreProvider provider, Clock clock) {
    this.rules = rules;
    this.provider = provider;
    this.clock = clock;
  }

  boolean emitsEmpty() {
    return rules.empty();
  }

  synchronized List<WireRecord> ask() throws KuraStoreException {
    Answer known = last.get();
    long now = clock.millis();
    if (known == null || now - known.at() >= rules.kept().toMillis() || now < known.at()) {
      known = new Answer(provider.performQuery(rules.query()), now);
      last.set(known);
    }
    return known.records();
  }
}
