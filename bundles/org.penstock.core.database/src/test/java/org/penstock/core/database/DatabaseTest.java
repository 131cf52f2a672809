package org.penstock.core.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.eclipse.kura.wire.WireRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Without this, records could be lost by a crash or with a damaged file, a query could change or read
 * what is not its own, or a column's values could go when its type changes.
 */
class DatabaseTest {

  @TempDir Path folder;

  private Database open(String name) throws Exception {
    return open(folder, name);
  }

  private static Database open(Path folder, String name) throws SQLException, IOException {
    return Database.open(
        new Database.Options(
            Location.of("jdbc:h2:file:" + name, folder, name), "SA", "secret", 10, 64L << 20),
        Clock.systemUTC());
  }

  private static WireRecord record(Object... keysAndValues) {
    Map<String, TypedValue<?>> values = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put((String) keysAndValues[i], TypedValues.newTypedValue(keysAndValues[i + 1]));
    }
    return new WireRecord(values);
  }

  private static List<Map<String, TypedValue<?>>> rows(Database database, String query)
      throws SQLException {
    List<Map<String, TypedValue<?>>> rows = new ArrayList<>();
    try (Connection connection = database.reader();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      while (results.next()) {
        rows.add(Columns.record(results).getProperties());
      }
    }
    return rows;
  }

  @Test
  void everyTypeComesBackAsItWas() throws Exception {
    Object[] all = {
      "b",
      true,
      "bytes",
      new byte[] {-1, 0, 7},
      "d",
      1.5,
      "f",
      0.1f,
      "i",
      -7,
      "l",
      1L << 60,
      "s",
      "ä'\"",
      "a \"quoted\" key",
      1,
      "ID",
      5,
      "TIMESTAMP",
      6L
    };
    try (Database database = open("types")) {
      RecordTable.open(database, "WR_data").insertRecords(List.of(record(all)));
      Map<String, TypedValue<?>> row = rows(database, "SELECT * FROM \"WR_data\"").get(0);
      for (int i = 0; i < all.length; i += 2) {
        String key = all[i].equals("ID") || all[i].equals("TIMESTAMP") ? all[i] + "_" : "" + all[i];
        Object found = row.get(key).getValue();
        if (all[i + 1] instanceof byte[] bytes) {
          assertArrayEquals(bytes, (byte[]) found);
        } else {
          assertEquals(all[i + 1], found, key);
        }
      }
      assertEquals(1L, row.get("ID").getValue());
    }
  }

  @Test
  void aColumnOfAnotherTypeKeepsWhatItHad() throws Exception {
    try (Database database = open("change")) {
      RecordTable table = RecordTable.open(database, "t");
      table.insertRecords(List.of(record("x", 1)));
      table.insertRecords(List.of(record("x", "two")));
      table.insertRecords(List.of(record("x", 3)));
      List<Map<String, TypedValue<?>>> rows = rows(database, "SELECT * FROM \"t\" ORDER BY ID");
      assertEquals(1, rows.get(0).get("x (integer)").getValue());
      assertEquals("two", rows.get(1).get("x (character varying)").getValue());
      assertEquals(3, rows.get(2).get("x").getValue());
    }
  }

  @Test
  void truncateLeavesTheNewest() throws Exception {
    try (Database database = open("cut")) {
      RecordTable table = RecordTable.open(database, "t");
      for (int i = 0; i < 10; i++) {
        table.insertRecords(List.of(record("x", i)));
      }
      table.truncate(3);
      assertEquals(3, table.getSize());
      assertEquals(
          7, rows(database, "SELECT MIN(\"x\") AS m FROM \"t\"").get(0).get("M").getValue());
      table.truncate(0);
      assertEquals(0, table.getSize());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO \"t\" (TIMESTAMP) VALUES (1)",
        "DELETE FROM \"t\"",
        "DROP TABLE \"t\"",
        "CREATE TABLE other (a INT)",
        "CREATE ALIAS f AS 'int f() { return 1; }'",
        "CREATE ALIAS g FOR \"java.lang.System.exit\"",
        "CALL FILE_READ('/etc/passwd')",
        "CALL FILE_WRITE('x', '/tmp/penstock-should-not-be')",
        "SELECT * FROM CSVREAD('/etc/passwd')",
        "CALL CSVWRITE('/tmp/penstock-should-not-be', 'SELECT 1')",
        "SCRIPT TO '/tmp/penstock-should-not-be'",
        "RUNSCRIPT FROM '/etc/passwd'",
        "BACKUP TO '/tmp/penstock-should-not-be'",
        "SHUTDOWN",
        "ALTER USER SA SET PASSWORD ''",
        "SELECT * FROM LINK_SCHEMA('a', '', 'jdbc:h2:mem:x', 'sa', '', 'PUBLIC')",
        "SET DB_CLOSE_DELAY 0",
      })
  void queriesReadTablesAndNothingElse(String query) throws Exception {
    try (Database database = open("reader")) {
      RecordTable.open(database, "t").insertRecords(List.of(record("x", 1)));
      assertThrows(
          SQLException.class,
          () -> {
            try (Connection connection = database.reader();
                Statement statement = connection.createStatement()) {
              statement.execute(query);
            }
          });
      assertEquals(1, rows(database, "SELECT * FROM \"t\"").size());
      assertFalse(Files.exists(Path.of("/tmp/penstock-should-not-be")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:file:x;INIT=RUNSCRIPT FROM 'y'",
        "jdbc:h2:tcp://host/x",
        "jdbc:sqlite:x",
        "nonsense"
      })
  void otherAddressesAreRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> Location.of(url, folder, "pid"));
  }

  @Test
  void thePathIsBelowTheHomeUnlessAbsolute() {
    assertEquals(
        folder.resolve("database/my_db.mv.db"), Location.of("", folder, "my/db").file().get());
    assertEquals(folder.resolve("a/b.mv.db"), Location.of("jdbc:h2:a/b", folder, "").file().get());
    assertTrue(Location.of("jdbc:h2:mem:kuradb", folder, "").file().isEmpty());
  }

  @Test
  void aDamagedFileIsSetAsideWhole() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      String name = "damaged" + round;
      try (Database database = open(name)) {
        RecordTable table = RecordTable.open(database, "t");
        for (int i = 0; i < 20; i++) {
          table.insertRecords(List.of(record("x", i, "s", "text " + random.nextLong())));
        }
        database.sync();
      }
      Path file = folder.resolve(name + ".mv.db");
      byte[] bytes = Files.readAllBytes(file);
      int kind = round % 3;
      if (kind == 0) {
        java.util.Arrays.fill(bytes, (byte) 0x55);
      } else if (kind == 1) {
        random.nextBytes(bytes);
      } else {
        bytes = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        for (int i = 0; i < Math.min(bytes.length, 8192); i++) {
          bytes[i] = (byte) random.nextInt(); // both headers
        }
      }
      Files.write(file, bytes);
      try (Database database = open(name)) {
        assertNotEquals(DatabaseFile.Found.WELL, database.opened().found(), "round " + round);
        assertEquals(1, database.opened().aside().size());
        assertArrayEquals(bytes, Files.readAllBytes(database.opened().aside().get(0)));
        RecordTable.open(database, "after").insertRecords(List.of(record("x", 1)));
        assertEquals(1, RecordTable.open(database, "after").getSize());
      }
      try (Database database = open(name)) {
        assertEquals(DatabaseFile.Found.WELL, database.opened().found());
      }
    }
  }

  @Test
  void aTornTailLosesTheTailOnly() throws Exception {
    try (Database database = open("torn")) {
      RecordTable table = RecordTable.open(database, "t");
      for (int i = 0; i < 50; i++) {
        table.insertRecords(List.of(record("x", i)));
      }
      database.sync();
    }
    Path file = folder.resolve("torn.mv.db");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 4096));
    try (Database database = open("torn")) {
      assertNotEquals(DatabaseFile.Found.EMPTY, database.opened().found());
    }
  }

  @Test
  void aFileInUseIsNotDamaged() throws Exception {
    Process other = child("holder", "hold");
    try (BufferedReader out = other.inputReader()) {
      out.readLine();
      byte[] before = Files.readAllBytes(folder.resolve("holder.mv.db"));
      assertThrows(SQLException.class, () -> open("holder"));
      assertTrue(before.length > 0);
      try (var files = Files.list(folder)) {
        assertEquals(
            0, files.filter(one -> one.toString().contains("damaged")).count(), "was set aside");
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void whatWasInsertedSurvivesAKill() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 4; round++) {
      String name = "killed" + round;
      Process writer = child(name, "write");
      int acknowledged = 0;
      int until = 5 + random.nextInt(60);
      try (BufferedReader out = writer.inputReader()) {
        while (acknowledged < until) {
          acknowledged = Integer.parseInt(out.readLine());
        }
        writer.destroyForcibly();
      }
      writer.waitFor();
      try (Database database = open(name)) {
        int found = RecordTable.open(database, "t").getSize();
        assertTrue(found >= acknowledged, found + " of " + acknowledged + " acknowledged");
        assertEquals(DatabaseFile.Found.WELL, database.opened().found());
      }
    }
  }

  private Process child(String name, String what) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-Xmx64m",
            Child.class.getName(),
            folder.toString(),
            name,
            what)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Another process. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws Exception {
      Database database = open(Path.of(args[0]), args[1]);
      RecordTable table = RecordTable.open(database, "t");
      System.out.println(0);
      if ("hold".equals(args[2])) {
        System.in.read();
      }
      for (int i = 1; ; i++) {
        table.insertRecords(List.of(record("x", i)));
        System.out.println(i);
      }
    }
  }

  @Test
  void aFullDatabaseTakesNoRecordsAndSaysWhatToDo() throws Exception {
    Database.Options small =
        new Database.Options(Location.of("jdbc:h2:file:full", folder, ""), "SA", "", 10, 30_000);
    try (Database database = Database.open(small, Clock.systemUTC())) {
      RecordTable table = RecordTable.open(database, "t");
      String message =
          assertThrows(
                  KuraStoreException.class,
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      table.insertRecords(List.of(record("s", "x".repeat(1000) + Math.random())));
                    }
                  })
              .getMessage();
      assertTrue(message.contains("db.size.max.mb"), message);
    }
  }

  @Test
  void closesWithinTwoSecondsWhileConnectionsAreOut() throws Exception {
    Database database = open("closing");
    Connection out = database.connection();
    RecordTable.open(database, "t").insertRecords(List.of(record("x", 1)));
    long began = System.nanoTime();
    database.close();
    assertTrue((System.nanoTime() - began) / 1_000_000 < 10_000);
    assertThrows(SQLException.class, () -> out.createStatement().execute("SELECT 1"));
    try (Database again = open("closing")) {
      assertEquals(1, RecordTable.open(again, "t").getSize());
    }
  }
}
