package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a wire component that publishes. */
@ObjectClassDefinition(
    id = CloudPublisherConfig.FACTORY_PID,
    name = "CloudPublisher",
    description = "Publishes each record that it receives as a message")
@interface CloudPublisherConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.CloudPublisher";

  /** Name of the reference to the publisher. */
  String REFERENCE = "CloudPublisher";

  /** Key of {@link #CloudPublisher_target}. */
  String TARGET = "CloudPublisher.target";

  /** Key of {@link #publish_position}. */
  String POSITION = "publish.position";

  /** Key of {@link #set_body_from_property}. */
  String BODY = "set.body.from.property";

  /** Key of {@link #remove_body_from_metrics}. */
  String REMOVE_BODY = "remove.body.from.metrics";

  @AttributeDefinition(
      name = "Publisher",
      description = "Filter that names the cloud publisher: (kura.service.pid=<its pid>)")
  String CloudPublisher_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Position",
      description = "How much of the gateway's position goes with each message",
      options = {
        @Option(label = "none", value = "none"),
        @Option(label = "basic", value = "basic"),
        @Option(label = "full", value = "full")
      })
  String publish_position() default "none";

  @AttributeDefinition(
      name = "Body from property",
      description = "Key of the STRING or BYTE_ARRAY value that becomes the body",
      required = false)
  String set_body_from_property() default "";

  @AttributeDefinition(
      name = "Remove body from metrics",
      description = "The value that becomes the body is no metric")
  boolean remove_body_from_metrics() default false;
}
