package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a query of records. */
@ObjectClassDefinition(
    id = OldDatabaseFilterConfig.FACTORY_PID,
    name = "H2DbWireRecordFilter (deprecated)",
    description = "Emits what a store answers to a query, whenever an envelope comes")
@interface OldDatabaseFilterConfig {

  /** The factory pid of Kura before 6. */
  String FACTORY_PID = "org.eclipse.kura.wire.H2DbWireRecordFilter";

  /** Key of {@link #db_service_pid}. */
  String DATABASE = "db.service.pid";

  /** Default of {@link #db_service_pid}. */
  String DEFAULT = "org.eclipse.kura.db.H2DbService";

  /** Key of {@link #sql_view}. */
  String QUERY = "sql.view";

  @AttributeDefinition(name = "Query", description = "SQL, reading only|TextArea")
  String sql_view() default "SELECT * FROM \"WR_data\" LIMIT 10;";

  @AttributeDefinition(
      name = "Cache expiration (s)",
      description = "So long an answer is given again without asking; 0 asks always",
      min = "0")
  int cache_expiration_interval() default 0;

  @AttributeDefinition(name = "Database", description = "kura.service.pid of the database")
  String db_service_pid() default DEFAULT;

  @AttributeDefinition(
      name = "Emit on empty result",
      description = "Whether an answer without rows is emitted as an envelope without records")
  boolean emit_on_empty_result() default true;
}
