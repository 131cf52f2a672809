package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a join. */
@ObjectClassDefinition(
    id = JoinConfig.FACTORY_PID,
    name = "Join",
    description = "Puts the records of two inputs together")
@interface JoinConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.Join";

  /** Key of {@link #barrier}. */
  String BARRIER = "barrier";

  @AttributeDefinition(
      name = "Barrier",
      description =
          "true waits for both inputs each time, false goes on at each arrival with what the other"
              + " brought last")
  boolean barrier() default true;
}
