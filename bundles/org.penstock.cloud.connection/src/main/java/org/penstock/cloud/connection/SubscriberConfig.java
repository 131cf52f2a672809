package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys and defaults. */
@ObjectClassDefinition(
    id = KuraSubscriber.PID,
    name = "Subscriber",
    description = "Receives messages of an application id and a topic.")
@interface SubscriberConfig {

  @AttributeDefinition(name = "Application id")
  String appId() default "W1";

  @AttributeDefinition(
      name = "Topic",
      description = "What follows the application id; + and # are wildcards.",
      required = false)
  String app_topic() default "A1/#";

  @AttributeDefinition(
      name = "QoS",
      options = {
        @Option(label = "0, at most once", value = "0"),
        @Option(label = "1, at least once", value = "1")
      })
  int qos() default 0;

  @AttributeDefinition(
      name = "Kind of message",
      options = {
        @Option(label = "data", value = "data"),
        @Option(label = "control", value = "control")
      })
  String message_type() default "data";
}
