package org.penstock.core.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.WireRecordStore;
import org.penstock.api.health.HealthState;
import org.penstock.api.health.HealthState.Level;
import org.penstock.api.strand.Strand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a database when it is first asked for, syncs it, and knows how it is. Any thread may call. */
final class Keeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

  /** After a failure it is not tried more often than this. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private record Shown(Level level, String reason, Instant since) {}

  private record Failure(SQLException why, long at) {}

  private final String pid;
  private final Database.Options options;
  private final Strand strand;
  private final int syncMs;
  private final Clock clock;
  private final AtomicReference<Optional<Database>> open = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<Failure>> failure =
      new AtomicReference<>(Optional.empty());
  private final AtomicReference<Shown> shown;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean syncing = new AtomicBoolean();
  private final List<ConnectionListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param options null when they cannot be used
   * @param wrong why they cannot be used, or empty
   * @param syncMs after an insert, the time until it is on the disk
   */
  Keeper(
      String pid, Database.Options options, String wrong, Strand strand, int syncMs, Clock clock) {
    this.pid = pid;
    this.options = options;
    this.strand = strand;
    this.syncMs = Math.max(0, syncMs);
    this.clock = clock;
    this.shown =
        new AtomicReference<>(
            new Shown(wrong.isEmpty() ? Level.OK : Level.FAILED, wrong, clock.instant()));
    if (!wrong.isEmpty()) {
      LOG.error("database {}: {}", pid, wrong);
    }
  }

  /**
   * The open database.
   *
   * @throws SQLException when it cannot be opened, with what to do
   */
  synchronized Database database() throws SQLException {
    if (open.get().isPresent()) {
      return open.get().get();
    }
    if (closed.get() || options == null) {
      throw new SQLException("database " + pid + " is not usable: " + shown.get().reason());
    }
    Optional<Failure> before = failure.get();
    if (before.isPresent() && clock.millis() - before.get().at() < PAUSE.toMillis()) {
      throw new SQLException(before.get().why().getMessage(), before.get().why());
    }
    try {
      Database database = Database.open(options, clock);
      open.set(Optional.of(database));
      failure.set(Optional.empty());
      tell(database.opened());
      listeners.forEach(ConnectionListener::connected);
      return database;
    } catch (SQLException | IOException failed) {
      String reason = "cannot be opened: " + failed.getMessage();
      show(Level.FAILED, reason);
      SQLException why = new SQLException("database " + pid + " " + reason, failed);
      failure.set(Optional.of(new Failure(why, clock.millis())));
      throw why;
    }
  }

  private void tell(DatabaseFile.Opened opened) {
    String where = String.join(", ", opened.aside().stream().map(Path::toString).toList());
    String reason =
        switch (opened.found()) {
          case WELL -> where.isEmpty() ? "" : "damaged files stand aside, remove them: " + where;
          case REPAIRED ->
              "its file was damaged: the newest readable state is in use; what was damaged is kept in "
                  + where;
          case EMPTY ->
              "its file was damaged beyond repair: it begins empty; what was damaged is kept in "
                  + where;
        };
    if (options.location().file().isEmpty()) {
      reason = "it is in memory: records are lost when the gateway stops, empty db.connector.url";
    }
    show(reason.isEmpty() ? Level.OK : Level.DEGRADED, reason);
  }

  private void show(Level level, String reason) {
    Shown before = shown.get();
    if (before.level() != level || !before.reason().equals(reason)) {
      shown.set(new Shown(level, reason, clock.instant()));
      if (level == Level.FAILED) {
        LOG.error("database {} {}", pid, reason);
      } else if (!reason.isEmpty()) {
        LOG.warn("database {}: {}", pid, reason);
      }
    }
  }

  /** The store, with a sync after what is inserted. */
  WireRecordStore stored(WireRecordStore store) {
    return new WireRecordStore() {
      @Override
      public void truncate(int number) throws KuraStoreException {
        store.truncate(number);
      }

      @Override
      public int getSize() throws KuraStoreException {
        return store.getSize();
      }

      @Override
      public void insertRecords(List<WireRecord> records) throws KuraStoreException {
        store.insertRecords(records);
        syncLater();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  private void syncLater() {
    if (!closed.get() && syncing.compareAndSet(false, true)) {
      strand.after(Duration.ofMillis(syncMs), this::sync);
    }
  }

  private void sync() {
    syncing.set(false);
    Optional<Database> database = open.get();
    if (database.isPresent()) {
      try {
        database.get().sync();
      } catch (SQLException failed) {
        show(Level.FAILED, "cannot be written to the disk: " + failed.getMessage());
      }
    }
  }

  void add(ConnectionListener listener) {
    listeners.add(listener);
  }

  void remove(ConnectionListener listener) {
    listeners.remove(listener);
  }

  String name() {
    return "core/database/" + pid;
  }

  HealthState health() {
    Map<String, Object> figures = new TreeMap<>();
    figures.put("open", open.get().isPresent() ? 1 : 0);
    open.get()
        .ifPresent(
            database -> {
              figures.put("bytes", database.bytes());
              figures.put("connections", database.connections());
            });
    Shown now = shown.get();
    return new HealthState(now.level(), now.reason(), now.since(), figures);
  }

  @Override
  public void close() {
    closed.set(true);
    strand.close();
    synchronized (this) {
      open.getAndSet(Optional.empty()).ifPresent(Database::close);
    }
    listeners.forEach(ConnectionListener::disconnected);
  }
}
