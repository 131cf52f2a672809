package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a wire component that takes messages from the cloud. */
@ObjectClassDefinition(
    id = CloudSubscriberConfig.FACTORY_PID,
    name = "CloudSubscriber",
    description = "Emits a record for each message that arrives")
@interface CloudSubscriberConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.CloudSubscriber";

  /** Name of the reference to the subscriber. */
  String REFERENCE = "CloudSubscriber";

  /** Key of {@link #CloudSubscriber_target}. */
  String TARGET = "CloudSubscriber.target";

  /** Key of {@link #set_property_from_body}. */
  String PROPERTY = "set.property.from.body";

  /** Key of {@link #body_property_type}. */
  String TYPE = "body.property.type";

  @AttributeDefinition(
      name = "Subscriber",
      description = "Filter that names the cloud subscriber: (kura.service.pid=<its pid>)")
  String CloudSubscriber_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Property from body",
      description = "Key under which the body is emitted; empty leaves it out",
      required = false)
  String set_property_from_body() default "";

  @AttributeDefinition(
      name = "Body type",
      description = "How the body is emitted; STRING reads it as UTF-8",
      options = {
        @Option(label = "BYTE_ARRAY", value = "BYTE_ARRAY"),
        @Option(label = "STRING", value = "STRING")
      })
  String body_property_type() default "BYTE_ARRAY";
}
