package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Through what the endpoint speaks, and whether hosts may write. */
@ObjectClassDefinition(
    id = SparkplugEndpoint.PID,
    name = "Sparkplug B connection",
    description = "An edge node of Sparkplug B 3.0; assets are its devices.")
@interface SparkplugEndpointConfig {

  @AttributeDefinition(
      name = "Data service",
      description = "Filter that names the data service, for example (kura.service.pid=..).")
  String DataService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Edge node",
      description = "Filter that names the edge node's session, for example (kura.service.pid=..).")
  String EdgeNode_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Commands write",
      description = "DCMD writes to the channels of the asset, as far as the channels allow it.")
  boolean commands_write() default true;
}
