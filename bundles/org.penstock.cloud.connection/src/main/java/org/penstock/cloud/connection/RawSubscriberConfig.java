package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Kura's keys and defaults. */
@ObjectClassDefinition(
    id = RawSubscriber.PID,
    name = "Plain MQTT subscriber",
    description = "Receives messages of any topic; the payload is the message's body.")
@interface RawSubscriberConfig {

  @AttributeDefinition(name = "Topic filter", description = "+ and # are wildcards.")
  String topic_filter() default "sample/topic/#";

  @AttributeDefinition(name = "QoS", min = "0", max = "2")
  int qos() default 0;
}
