package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a store of records. */
@ObjectClassDefinition(
    id = OldDatabaseStoreConfig.FACTORY_PID,
    name = "H2DbWireRecordStore (deprecated)",
    description = "Stores records and passes them on")
@interface OldDatabaseStoreConfig {

  /** The factory pid of Kura before 6. */
  String FACTORY_PID = "org.eclipse.kura.wire.H2DbWireRecordStore";

  /** Key of {@link #db_service_pid}. */
  String DATABASE = "db.service.pid";

  /** Default of {@link #db_service_pid}. */
  String DEFAULT = "org.eclipse.kura.db.H2DbService";

  /** Key of {@link #table_name}. */
  String NAME = "table.name";

  /** Key of {@link #maximum_table_size}. */
  String MOST = "maximum.table.size";

  /** Key of {@link #cleanup_records_keep}. */
  String KEEP = "cleanup.records.keep";

  @AttributeDefinition(name = "Name", description = "The table in which records are stored")
  String table_name() default "WR_data";

  @AttributeDefinition(
      name = "Maximum size",
      description = "When so many records are stored the oldest are deleted",
      min = "1")
  int maximum_table_size() default 10000;

  @AttributeDefinition(
      name = "Records kept",
      description = "So many are left when the oldest are deleted",
      min = "0")
  int cleanup_records_keep() default 5000;

  @AttributeDefinition(name = "Database", description = "kura.service.pid of the database")
  String db_service_pid() default DEFAULT;
}
