package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a store of records. */
@ObjectClassDefinition(
    id = RecordStoreConfig.FACTORY_PID,
    name = "WireRecordStore",
    description = "Stores records and passes them on")
@interface RecordStoreConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.WireRecordStore";

  /** The reference of which {@link #WireRecordStoreProvider_target} selects the service. */
  String REFERENCE = "WireRecordStoreProvider";

  /** Key of {@link #WireRecordStoreProvider_target}. */
  String TARGET = REFERENCE + ".target";

  /** Key of {@link #store_name}. */
  String NAME = "store.name";

  /** Key of {@link #maximum_store_size}. */
  String MOST = "maximum.store.size";

  /** Key of {@link #cleanup_records_keep}. */
  String KEEP = "cleanup.records.keep";

  @AttributeDefinition(name = "Name", description = "The table in which records are stored")
  String store_name() default "WR_data";

  @AttributeDefinition(
      name = "Maximum size",
      description = "When so many records are stored the oldest are deleted",
      min = "1")
  int maximum_store_size() default 10000;

  @AttributeDefinition(
      name = "Records kept",
      description = "So many are left when the oldest are deleted",
      min = "0")
  int cleanup_records_keep() default 5000;

  @AttributeDefinition(
      name = "Database",
      description = "Which service stores the records, for example (kura.service.pid=DbService)")
  String WireRecordStoreProvider_target() default "(kura.service.pid=changeme)";
}
