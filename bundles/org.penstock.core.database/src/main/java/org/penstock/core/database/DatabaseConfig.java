package org.penstock.core.database;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a database. */
@ObjectClassDefinition(
    id = DatabaseConfig.FACTORY_PID,
    name = "H2DbService",
    description = "An H2 database in a file")
@interface DatabaseConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.core.db.H2DbService";

  @AttributeDefinition(
      name = "Connector URL",
      description =
          "jdbc:h2:file:<path> or jdbc:h2:mem:<name>, without options; a path that is not absolute"
              + " is below the gateway's home; empty for database/<pid> there. What is in memory is"
              + " lost when the gateway stops",
      required = false)
  String db_connector_url() default "";

  @AttributeDefinition(name = "User", description = "The database's own administrator")
  String db_user() default "SA";

  @AttributeDefinition(
      name = "Password",
      description = "The administrator's password; a changed one is set",
      type = AttributeType.PASSWORD,
      required = false)
  String db_password() default "";

  @AttributeDefinition(
      name = "Sync interval (ms)",
      description = "What was stored longer ago survives a power failure",
      min = "0")
  int db_sync_interval_ms() default 1000;

  @AttributeDefinition(
      name = "Maximum size (MB)",
      description = "A larger file takes no further records until it shrinks",
      min = "1")
  int db_size_max_mb() default 512;

  @AttributeDefinition(
      name = "Connection pool max size",
      description = "So many connections at once",
      min = "1")
  int db_connection_pool_max_size() default 10;
}
