package org.penstock.acceptance.inside.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.wire.WireComponent;
import org.eclipse.kura.wire.store.provider.WireRecordStore;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;

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

  /** Without it a graph of Kura 5 would lose its stores, whose database is named by its pid. */
  @Test
  void storeAndFilterUnderTheirOldestNamesFindTheDatabaseByItsPid() throws Exception {
    storeAndQuery(
        "sDatabase4",
        "H2DbWireRecordStore",
        Map.of(
            "table.name",
            "oldest",
            "maximum.table.size",
            5,
            "cleanup.records.keep",
            2,
            "db.service.pid",
            "sDatabase4"),
        "H2DbWireRecordFilter",
        Map.of(
            "sql.view", "SELECT \"n\" AS \"n\" FROM \"oldest\" ORDER BY ID;",
            "db.service.pid", "sDatabase4"));
  }

  private static Object[] query(String key, String target, Object... more) {
    List<Object> all = new ArrayList<>(List.of(key, "SELECT 1 AS \"n\" WHERE FALSE"));
    all.addAll(List.of(target, "(kura.service.pid=sDatabase3)"));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** Kura's keys of both components that query. */
  private static final String QUERIES =
      """
      WireRecordQuery, query, QueryableWireRecordStoreProvider.target
      DbWireRecordFilter, sql.view, BaseDbService.target
      """;

  @ParameterizedTest
  @CsvSource(textBlock = QUERIES)
  void anEmptyAnswerIsEmittedOnlyIfThatIsWanted(String factory, String key, String target)
      throws Exception {
    database("sDatabase3");
    try {
      chain(WIRE + factory, query(key, target));
      in.emit("go", 1);
      assertEquals(List.of(), out.await(1).got().get(0).getRecords());
      Board.update("sUnder", "emit.on.empty.result", false, key, "SELECT 2 AS \"n\" WHERE FALSE");
      awaitProperty("emit.on.empty.result", false);
      int before = out.got().size();
      in.emit("go", 1);
      assertEquals(before, out.got().size());
      Board.update("sUnder", key, "SELECT 3 AS \"n\"");
      awaitText("n=3");
      assertTrue(out.texts().subList(before, out.texts().size()).stream().allMatch("n=3"::equals));
    } finally {
      Board.configurations().deleteFactoryConfiguration("sDatabase3", false);
    }
  }

  private void awaitText(String text) {
    Board.await(
        () -> "" + out.texts(),
        () -> {
          in.emit("go", 1);
          return out.texts().contains(text);
        });
  }

  private static void awaitProperty(String key, Object value) {
    Board.await(
        () -> key + " is not " + value,
        () ->
            Board.found(
                        WireComponent.class,
                        "(&(kura.service.pid=sUnder)(" + key + "=" + value + "))")
                    .length
                == 1);
  }

  @ParameterizedTest
  @CsvSource(textBlock = QUERIES)
  void anAnswerIsGivenAgainWhileItsCacheLasts(String factory, String key, String target)
      throws Exception {
    database("sDatabase3");
    try {
      chain(WIRE + factory, query(key, target, key, RANDOM, "cache.expiration.interval", 3600));
      in.emit("go", 1);
      in.emit("go", 1);
      String first = out.await(2).texts().get(0);
      assertTrue(first.startsWith("n="), first);
      assertEquals(first, out.texts().get(1));
      Board.update("sUnder", "cache.expiration.interval", 0);
      awaitProperty("cache.expiration.interval", 0);
      out.got().clear();
      in.emit("go", 1);
      in.emit("go", 1);
      assertEquals(2, new java.util.HashSet<>(out.await(2).texts()).size(), "" + out.texts());
      assertFalse(out.texts().contains(first));
    } finally {
      Board.configurations().deleteFactoryConfiguration("sDatabase3", false);
    }
  }

  private static final String RANDOM = "SELECT CAST(RANDOM_UUID() AS VARCHAR) AS \"n\"";

  @Test
  void recordStoreTriesOnceMoreWithTheStoreOpenedAnew() throws Exception {
    List<String> calls = new CopyOnWriteArrayList<>();
    AtomicInteger failures = new AtomicInteger(1);
    WireRecordStore store =
        Proxies.of(
            WireRecordStore.class,
            (method, args) -> {
              calls.add(method);
              if (method.equals("insertRecords") && failures.getAndDecrement() > 0) {
                throw new KuraStoreException("no room");
              }
              return method.equals("getSize") ? 0 : null;
            });
    registrations.add(
        Board.CONTEXT.registerService(
            WireRecordStoreProvider.class,
            Proxies.of(
                WireRecordStoreProvider.class,
                (method, args) -> {
                  calls.add(method);
                  return method.equals("openWireRecordStore") ? store : null;
                }),
            new Hashtable<>(Map.of("kura.service.pid", "sStoreProvider"))));
    chain(
        WIRE + "WireRecordStore",
        "WireRecordStoreProvider.target",
        "(kura.service.pid=sStoreProvider)");
    in.emit("x", 1);
    assertEquals(List.of("x=1"), out.await(1).texts());
    assertEquals(
        "openWireRecordStore getSize insertRecords close openWireRecordStore getSize insertRecords",
        String.join(" ", calls));
    assertEquals(Level.OK, Board.health("flow/store/sUnder").level());
    failures.set(2);
    in.emit("x", 2);
    assertEquals(List.of("x=1", "x=2"), out.await(2).texts(), "goes on all the same");
    HealthState failed = Board.health("flow/store/sUnder");
    assertEquals(Level.FAILED, failed.level());
    assertTrue(failed.reason().contains("no room"), failed.reason());
  }

  /** The records that no longer fit are not stored, the health page says which property to raise. */
  @Test
  void aFullDatabaseTakesNoMoreAndSaysWhatToDo() throws Exception {
    Board.configurations()
        .createFactoryConfiguration(
            DATABASE, "sDatabase4", new HashMap<>(Map.of("db.size.max.mb", 1)), false);
    try {
      chain(
          WIRE + "WireRecordStore",
          "WireRecordStoreProvider.target",
          "(kura.service.pid=sDatabase4)");
      java.util.Random random = new java.util.Random(1);
      byte[] bytes = new byte[20_000];
      Board.await(
          () -> "not full: " + Board.health("flow/store/sUnder"),
          () -> {
            random.nextBytes(bytes);
            in.emit("b", bytes.clone());
            return Board.health("flow/store/sUnder").reason().contains("db.size.max.mb");
          });
      assertEquals(Level.FAILED, Board.health("flow/store/sUnder").level());
      int before = out.got().size();
      in.emit("b", 1);
      assertEquals(before + 1, out.await(before + 1).got().size(), "goes on all the same");
    } finally {
      Board.configurations().deleteFactoryConfiguration("sDatabase4", false);
    }
  }

  @Test
  void aDamagedFileIsSetAsideWholeAndTheHealthPageSaysWhere() throws Exception {
    Path folder = Path.of(Board.CONTEXT.getProperty("penstock.home"), "database");
    Files.createDirectories(folder);
    byte[] damaged = new byte[50_000];
    new java.util.Random(2).nextBytes(damaged);
    Files.write(folder.resolve("sDatabase5.mv.db"), damaged);
    database("sDatabase5");
    try {
      chain(
          WIRE + "WireRecordStore",
          "WireRecordStoreProvider.target",
          "(kura.service.pid=sDatabase5)");
      in.emit("x", 1);
      HealthState health = Board.health("core/database/sDatabase5");
      assertEquals(Level.DEGRADED, health.level());
      assertTrue(health.reason().contains("begins empty"), health.reason());
      Path aside = Path.of(health.reason().substring(health.reason().lastIndexOf(' ') + 1));
      assertArrayEquals(damaged, Files.readAllBytes(aside));
      assertEquals(Level.OK, Board.health("flow/store/sUnder").level());
    } finally {
      Board.configurations().deleteFactoryConfiguration("sDatabase5", false);
    }
  }
}
