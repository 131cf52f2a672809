package org.penstock.core.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.KuraStoreException;
import org.eclipse.kura.configuration.ConfigurableComponent;
import org.eclipse.kura.connection.listener.ConnectionListener;
import org.eclipse.kura.crypto.CryptoService;
import org.eclipse.kura.db.BaseDbService;
import org.eclipse.kura.db.H2DbService;
import org.eclipse.kura.wire.WireRecord;
import org.eclipse.kura.wire.store.provider.QueryableWireRecordStoreProvider;
import org.eclipse.kura.wire.store.provider.WireRecordStore;
import org.eclipse.kura.wire.store.provider.WireRecordStoreProvider;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.penstock.api.health.HealthSource;
import org.penstock.api.health.HealthState;
import org.penstock.api.strand.Strands;

/**
 * Kura's database services over one H2 database, which is opened at the first use. A changed configuration
 * makes a new one. Any thread may call; calls may wait for the disk.
 */
@Component(
    name = DatabaseConfig.FACTORY_PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {
      H2DbService.class,
      BaseDbService.class,
      WireRecordStoreProvider.class,
      QueryableWireRecordStoreProvider.class,
      ConfigurableComponent.class,
      HealthSource.class
    })
@Designate(ocd = DatabaseConfig.class, factory = true)
public final class DatabaseService
    implements H2DbService,
        WireRecordStoreProvider,
        QueryableWireRecordStoreProvider,
        ConfigurableComponent,
        HealthSource {

  private static final int ROWS = 10_000;
  private static final int SECONDS = 5;

  private final Keeper keeper;

  /** Called by the component runtime. */
  @Activate
  public DatabaseService(
      @Reference CryptoService crypto,
      @Reference Strands strands,
      ComponentContext context,
      DatabaseConfig config,
      Map<String, Object> properties) {
    String pid = String.valueOf(properties.get("kura.service.pid"));
    Path home = Path.of(context.getBundleContext().getProperty("penstock.home"));
    AtomicReference<String> wrong = new AtomicReference<>("");
    AtomicReference<Database.Options> options = new AtomicReference<>();
    try {
      options.set(
          new Database.Options(
              Location.of(config.db_connector_url(), home, pid),
              config.db_user(),
              plain(crypto, config.db_password()),
              Math.max(1, config.db_connection_pool_max_size()),
              config.db_size_max_mb() * 1024L * 1024));
    } catch (IllegalArgumentException | KuraException unusable) {
      wrong.set(unusable.getMessage());
    }
    this.keeper =
        new Keeper(
            pid,
            options.get(),
            wrong.get(),
            strands.open("core/database/" + pid),
            config.db_sync_interval_ms(),
            Clock.systemUTC());
  }

  /** Configurations hold passwords encrypted. */
  private static String plain(CryptoService crypto, String password) throws KuraException {
    return password.isEmpty() ? "" : new String(crypto.decryptAes(password.toCharArray()));
  }

  /** Called by the component runtime. */
  @Deactivate
  public void close() {
    keeper.close();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return keeper.database().connection();
  }

  @Override
  public <T> T withConnection(ConnectionCallable<T> task) throws SQLException {
    try (Connection connection = getConnection()) {
      return task.call(connection);
    }
  }

  @Override
  public void close(Connection connection) {
    Closing.close(connection);
  }

  @Override
  public void rollback(Connection connection) {
    Closing.rollback(connection);
  }

  @Override
  public void close(ResultSet... results) {
    Closing.close(results);
  }

  @Override
  public void close(Statement... statements) {
    Closing.close(statements);
  }

  @Override
  public WireRecordStore openWireRecordStore(String name) throws KuraStoreException {
    try {
      return keeper.stored(RecordTable.open(keeper.database(), name));
    } catch (SQLException unusable) {
      throw new KuraStoreException(unusable, unusable.getMessage());
    }
  }

  /** Reads only: no files, no code, no changes; at most 10,000 rows and 5 s. */
  @Override
  public List<WireRecord> performQuery(String query) throws KuraStoreException {
    try (Connection connection = keeper.database().reader();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(ROWS);
      statement.setQueryTimeout(SECONDS);
      List<WireRecord> records = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(query)) {
        while (rows.next()) {
          records.add(Columns.record(rows));
        }
      }
      return records;
    } catch (SQLException failed) {
      throw new KuraStoreException(failed, failed.getMessage());
    }
  }

  @Override
  public void addListener(ConnectionListener listener) {
    keeper.add(listener);
  }

  @Override
  public void removeListener(ConnectionListener listener) {
    keeper.remove(listener);
  }

  @Override
  public String name() {
    return keeper.name();
  }

  @Override
  public HealthState health() {
    return keeper.health();
  }
}
