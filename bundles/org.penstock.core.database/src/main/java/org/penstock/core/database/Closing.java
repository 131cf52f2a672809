package org.penstock.core.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what Kura's callers hand over, which may be null or ended before. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** Ends one thing. */
  @FunctionalInterface
  private interface End {
    void end() throws SQLException;
  }

  private static void end(Object thing, End end) {
    try {
      if (thing != null) {
        end.end();
      }
    } catch (SQLException already) {
      LOG.debug("could not be closed", already);
    }
  }

  static void close(Connection connection) {
    end(connection, () -> connection.close());
  }

  static void close(ResultSet... results) {
    for (ResultSet one : results == null ? new ResultSet[0] : results) {
      end(one, () -> one.close());
    }
  }

  static void close(Statement... statements) {
    for (Statement one : statements == null ? new Statement[0] : statements) {
      end(one, () -> one.close());
    }
  }

  static void rollback(Connection connection) {
    try {
      if (connection != null && !connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException lost) {
      LOG.debug("could not be rolled back", lost);
    }
  }
}
