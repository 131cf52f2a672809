package org.eclipse.kura.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/** Gives connections to an embedded H2 database. */
@ProviderType
public interface H2DbService extends BaseDbService {

  String DEFAULT_INSTANCE_PID = "org.eclipse.kura.db.H2DbService";

  <T> T withConnection(H2DbService.ConnectionCallable<T> connection) throws SQLException;

  /** Work on a connection of the database. */
  @FunctionalInterface
  public interface ConnectionCallable<T> {

    T call(Connection connection) throws SQLException;
  }
}
