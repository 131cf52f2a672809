package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a query of records. */
@ObjectClassDefinition(
    id = DatabaseFilterConfig.FACTORY_PID,
    name = "DbWireRecordFilter",
    description = "Emits what a store answers to a query, whenever an envelope comes")
@interface DatabaseFilterConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.DbWireRecordFilter";

  /** The reference of which {@link #BaseDbService_target} selects the service. */
  String REFERENCE = "BaseDbService";

  /** Key of {@link #BaseDbService_target}. */
  String TARGET = REFERENCE + ".target";

  /** Key of {@link #sql_view}. */
  String QUERY = "sql.view";

  /** Key of {@link #cache_expiration_interval}. */
  String EXPIRATION = "cache.expiration.interval";

  /** Key of {@link #emit_on_empty_result}. */
  String EMPTY = "emit.on.empty.result";

  @AttributeDefinition(name = "Query", description = "SQL, reading only|TextArea")
  String sql_view() default "SELECT * FROM \"WR_data\" LIMIT 10;";

  @AttributeDefinition(
      name = "Cache expiration (s)",
      description = "So long an answer is given again without asking; 0 asks always",
      min = "0")
  int cache_expiration_interval() default 0;

  @AttributeDefinition(
      name = "Database",
      description = "Which service is asked, for example (kura.service.pid=DbService)")
  String BaseDbService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Emit on empty result",
      description = "Whether an answer without rows is emitted as an envelope without records")
  boolean emit_on_empty_result() default true;
}
