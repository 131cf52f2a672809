package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a queue. */
@ObjectClassDefinition(
    id = FifoConfig.FACTORY_PID,
    name = "Fifo",
    description = "Passes envelopes on in order, in a thread of its own")
@interface FifoConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.Fifo";

  /** Key of {@link #queue_capacity}. */
  String CAPACITY = "queue.capacity";

  /** Key of {@link #discard_envelopes}. */
  String DISCARD = "discard.envelopes";

  @AttributeDefinition(
      name = "Capacity",
      description = "Envelopes that may wait",
      min = "1",
      max = "1000000")
  int queue_capacity() default 50;

  @AttributeDefinition(
      name = "Discard envelopes",
      description = "When full: true drops what arrives, false makes the emitter wait")
  boolean discard_envelopes() default false;
}
