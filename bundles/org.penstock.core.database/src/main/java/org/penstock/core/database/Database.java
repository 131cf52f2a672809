package org.penstock.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Base64;
import java.util.Properties;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;

/**
 * An open H2 database: connections for bundles with all rights, others that may only read the tables.
 * Any thread may call.
 */
final class Database implements AutoCloseable {

  /**
   * What is wanted.
   *
   * @param user the administrator
   * @param connections at once
   * @param bytes above which no records are taken
   */
  record Options(Location location, String user, String password, int connections, long bytes) {}

  private static final String READER = "PENSTOCK_READER";
  private static final int WAIT_SECONDS = 5;

  /** Bounds of memory; all is written when it is committed; nothing is closed behind our back. */
  private static final String SETTINGS =
      ";CACHE_SIZE=4096;MAX_MEMORY_ROWS=10000;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE"
          + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=5000;DEFAULT_LOCK_TIMEOUT=5000";

  private final Options options;
  private final DatabaseFile.Opened opened;
  private final JdbcConnectionPool pool;
  private final String readerPassword;

  private Database(Options options, DatabaseFile.Opened opened, String readerPassword) {
    this.options = options;
    this.opened = opened;
    this.readerPassword = readerPassword;
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url(options));
    source.setUser(options.user());
    source.setPassword(options.password());
    this.pool = JdbcConnectionPool.create(source);
    this.pool.setMaxConnections(options.connections());
    this.pool.setLoginTimeout(WAIT_SECONDS);
  }

  private static String url(Options options) {
    return options.location().url() + SETTINGS;
  }

  /**
   * Opens, repairs or begins a database.
   *
   * @throws SQLException when it cannot be opened now, for example since it is in use
   */
  static Database open(Options options, Clock clock) throws SQLException, IOException {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String reader = Base64.getEncoder().encodeToString(secret);
    DatabaseFile.Opened opened =
        new DatabaseFile(options.location(), clock).open(() -> prepare(options, reader));
    return new Database(options, opened, reader);
  }

  /** Reads all of the catalogue, so that a damaged one shows now and not later. */
  private static void prepare(Options options, String reader) throws SQLException {
    boolean done = false;
    try (Connection connection = connect(url(options), options.user(), options.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE USER IF NOT EXISTS " + READER + " PASSWORD '" + reader + "'");
      statement.execute("ALTER USER " + READER + " SET PASSWORD '" + reader + "'");
      statement.execute("GRANT SELECT ON SCHEMA PUBLIC TO " + READER);
      statement.executeQuery("SELECT COUNT(*) FROM INFORMATION_SCHEMA.COLUMNS").close();
      done = true;
    } finally {
      if (!done) {
        closeQuietly(options);
      }
    }
  }

  private static void closeQuietly(Options options) {
    try (Connection connection = connect(url(options), options.user(), options.password());
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException notOpen) {
      // it never came to be open: there is nothing to close
      notOpen.getErrorCode();
    }
  }

  private static Connection connect(String url, String user, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    return org.h2.Driver.load().connect(url, properties);
  }

  DatabaseFile.Opened opened() {
    return opened;
  }

  /** A connection with all rights, to be given back by closing it. */
  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /** A connection that may only read tables: no files, no code, no changes. */
  Connection reader() throws SQLException {
    return connect(options.location().url(), READER, readerPassword);
  }

  /** What was committed before survives a power failure from now on. */
  void sync() throws SQLException {
    if (options.location().file().isPresent()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    }
  }

  long bytes() {
    try {
      Path file = options.location().file().orElse(null);
      return file == null ? 0 : Files.size(file);
    } catch (IOException unreadable) {
      return 0;
    }
  }

  boolean full() {
    return bytes() > options.bytes();
  }

  int connections() {
    return pool.getActiveConnections();
  }

  /** Closes the file; connections that are still out fail from then on. */
  @Override
  public void close() {
    try (Connection connection = connect(url(options), options.user(), options.password());
        Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN");
    } catch (SQLException closedBefore) {
      closedBefore.getErrorCode(); // somebody shut it down with SQL
    } finally {
      pool.dispose();
    }
  }
}
