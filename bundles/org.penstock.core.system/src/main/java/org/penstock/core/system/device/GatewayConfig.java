package org.penstock.core.system.device;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What people call this gateway. */
@ObjectClassDefinition(
    id = GatewayProfile.PID,
    name = "Gateway",
    description = "What people call this gateway.")
public @interface GatewayConfig {

  /** Its name. */
  @AttributeDefinition(
      name = "Name",
      description = "Shown in the console and told to clouds; empty for the host's name.",
      required = false)
  String name() default "";
}
