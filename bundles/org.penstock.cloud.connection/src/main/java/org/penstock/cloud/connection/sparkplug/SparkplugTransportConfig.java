package org.penstock.cloud.connection.sparkplug;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who the edge node is, and for whom it speaks. */
@ObjectClassDefinition(
    id = SparkplugTransport.PID,
    name = "Sparkplug B edge node",
    description = "Session of an edge node over an MQTT transport: births, deaths, primary host.")
@interface SparkplugTransportConfig {

  @AttributeDefinition(name = "Group id", description = "One level of a topic.")
  String group_id() default "penstock";

  @AttributeDefinition(
      name = "Edge node id",
      description = "One level of a topic; no other node of the group may have it.")
  String node_id() default "gateway";

  @AttributeDefinition(
      name = "Primary host application",
      description =
          "Values are sent only while this host is online and wait in the outbox meanwhile. Empty:"
              + " always.",
      required = false)
  String primary_host_id() default "";

  @AttributeDefinition(
      name = "Longest wait for the primary host, s",
      description = "Then the next server is tried.",
      min = "1")
  int primary_host_wait_s() default 30;

  @AttributeDefinition(name = "Aliases", description = "Data carry numbers in place of names.")
  boolean aliases() default true;

  @AttributeDefinition(
      name = "MQTT transport",
      description = "Filter that names the transport, for example (kura.service.pid=..).")
  String MqttTransport_target() default "(kura.service.pid=changeme)";
}
