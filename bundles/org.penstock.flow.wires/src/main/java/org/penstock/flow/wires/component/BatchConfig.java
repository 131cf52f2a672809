package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a batch. */
@ObjectClassDefinition(
    id = BatchConfig.FACTORY_PID,
    name = "Batch",
    description = "Gathers records and passes them on in one envelope")
@interface BatchConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Batch";

  /** Key of {@link #batch_records}. */
  String RECORDS = "batch.records";

  /** Key of {@link #batch_age_ms}. */
  String AGE = "batch.age.ms";

  @AttributeDefinition(
      name = "Records",
      description = "So many go on together",
      min = "1",
      max = "100000")
  int batch_records() default 100;

  @AttributeDefinition(
      name = "Longest wait (ms)",
      description = "After this time they go on even if they are fewer; 0 for never",
      min = "0")
  int batch_age_ms() default 10_000;
}
