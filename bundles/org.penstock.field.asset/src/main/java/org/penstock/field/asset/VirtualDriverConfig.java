package org.penstock.field.asset;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a driver of virtual channels. */
@ObjectClassDefinition(
    id = VirtualDriverConfig.FACTORY_PID,
    name = "Virtual channels",
    description = "Channels that are formulas over other channels, and tags that rules set")
@interface VirtualDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.field.virtual";

  @AttributeDefinition(name = "Description", description = "What they are for", required = false)
  String virtual_desc() default "";
}
