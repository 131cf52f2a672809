package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The rows of Kura's table of stock components that store and query, on the assembled product. */
class DatabaseComponentsTest extends Probed {

  private static final String DATABASE = "org.eclipse.kura.core.db.H2DbService";

  private void database(String pid) throws Exception {
    Board.configurations().createFactoryConfiguration(DATABASE, pid, new HashMap<>(), false);
    Board.await(
        () -> "no database",
        () ->
            Board.found(org.eclipse.kura.db.H2DbService.class, "(kura.service.pid=" + pid + ")")
                    .length
                == 1);
  }

  private void storeAndQuery(
      String pid,
      String store,
      Map<String, Object> storing,
      String query,
      Map<String, Object> asking)
      throws Exception {
    database(pid);
    try {
      new Board()
          .probe(in)
          .put("sStore", 1, 1, WIRE + store, pairs(storing))
          .probe(out)
          .probe(second)
          .put("sQuery", 1, 1, WIRE + query, pairs(asking))
          .wire("sIn", "sStore")
          .wire("sStore", "sOut")
          .wire("sSecond", "sQuery")
          .apply();
      for (int i = 1; i <= 7; i++) {
        in.emit("n", i, "t", "v" + i);
      }
      assertEquals(7, out.await(7).got().size(), "received records are emitted on");
      Probe answers = new Probe("sAnswers", 1, 0);
      try {
        new Board()
            .probe(in)
            .put("sStore", 1, 1, null)
            .probe(out)
            .probe(second)
            .put("sQuery", 1, 1, null)
            .probe(answers)
            .wire("sIn", "sStore")
            .wire("sStore", "sOut")
            .wire("sSecond", "sQuery")
            .wire("sQuery", "sAnswers")
            .apply();
        second.emit("go", true);
        assertEquals(List.of("n=5; n=6; n=7"), answers.await(1).texts());
      } finally {
        answers.close();
      }
    } finally {
      Board.configurations().deleteFactoryConfiguration(pid, false);
    }
  }

  private static Object[] pairs(Map<String, Object> properties) {
    List<Object> pairs = new ArrayList<>();
    new TreeMap<>(properties)
        .forEach(
            (key, value) -> {
              pairs.add(key);
              pairs.add(value);
            });
    return pairs.toArray();
  }

  /** At 5 records 2 are left and the new one is added: after 7 inserts 3 to 7 have become 5 to 7. */
  @Test
  void recordStoreIsCutAndQueryEmitsItsRows() throws Exception {
    storeAndQuery(
        "sDatabase",
        "WireRecordStore",
        Map.of(
            "store.name",
            "WR_data",
            "maximum.store.size",
            5,
            "cleanup.records.keep",
            2,
            "WireRecordStoreProvider.target",
            "(kura.service.pid=sDatabase)"),
        "WireRecordQuery",
        Map.of(
            "query", "SELECT \"n\" AS \"n\" FROM \"WR_data\" ORDER BY ID;",
            "QueryableWireRecordStoreProvider.target", "(kura.service.pid=sDatabase)"));
  }

  @Test
  void deprecatedStoreAndFilterDoTheSame() throws Exception {
    storeAndQuery(
        "sDatabase2",
        "DbWireRecordStore",
        Map.of(
            "table.name",
            "old",
            "maximum.table.size",
            5,
            "cleanup.records.keep",
            2,
            "BaseDbService.target",
            "(kura.service.pid=sDatabase2)"),
        "DbWireRecordFilter",
        Map.of(
            "sql.view", "SELECT \"n\" AS \"n\" FROM \"old\" ORDER BY ID;",
            "BaseDbService.target", "(kura.service.pid=sDatabase2)"));
  }
}
