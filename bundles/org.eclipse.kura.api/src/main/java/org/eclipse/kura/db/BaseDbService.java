package org.eclipse.kura.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.osgi.annotation.versioning.ProviderType;

/** Gives connections to a database. */
@ProviderType
public interface BaseDbService {

  Connection getConnection() throws SQLException;

  void close(Connection connection);

  void rollback(Connection connection);

  void close(ResultSet... resultSets);

  void close(Statement... statements);
}
