package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a store of records. */
@ObjectClassDefinition(
    id = DatabaseStoreConfig.FACTORY_PID,
    name = "DbWireRecordStore",
    description = "Stores records and passes them on")
@interface DatabaseStoreConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.DbWireRecordStore";

  /** The reference of which {@link #BaseDbService_target} selects the service. */
  String REFERENCE = "BaseDbService";

  /** Key of {@link #BaseDbService_target}. */
  String TARGET = REFERENCE + ".target";

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

  @AttributeDefinition(
      name = "Database",
      description = "Which service stores the records, for example (kura.service.pid=DbService)")
  String BaseDbService_target() default "(kura.service.pid=changeme)";
}
