package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Kura's key. */
@ObjectClassDefinition(
    id = RawEndpoint.PID,
    name = "Plain MQTT connection",
    description = "Any broker: topics and payloads are the publishers' own.")
@interface RawEndpointConfig {

  @AttributeDefinition(
      name = "Data service",
      description = "Filter that names the data service, for example (kura.service.pid=..).")
  String DataService_target() default "(kura.service.pid=changeme)";
}
