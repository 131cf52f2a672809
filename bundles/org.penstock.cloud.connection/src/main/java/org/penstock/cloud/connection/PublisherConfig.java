package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys and defaults. */
@ObjectClassDefinition(
    id = KuraPublisher.PID,
    name = "Publisher",
    description = "Publishes messages under an application id and a topic.")
@interface PublisherConfig {

  @AttributeDefinition(name = "Application id", description = "Third level of the topic.")
  String appId() default "W1";

  @AttributeDefinition(
      name = "Topic",
      description =
          "What follows the application id. $name is replaced by the message's property of that"
              + " name; an unknown one stays as it is.",
      required = false)
  String app_topic() default "A1/$assetName";

  @AttributeDefinition(
      name = "QoS",
      options = {
        @Option(label = "0, at most once", value = "0"),
        @Option(label = "1, at least once", value = "1")
      })
  int qos() default 0;

  @AttributeDefinition(name = "Retain")
  boolean retain() default false;

  @AttributeDefinition(
      name = "Kind of message",
      options = {
        @Option(label = "data", value = "data"),
        @Option(label = "control", value = "control")
      })
  String message_type() default "data";

  @AttributeDefinition(
      name = "Priority",
      description = "0 is the highest. 5 and more keep to the data service's rate limit.",
      min = "0")
  int priority() default 7;

  @AttributeDefinition(
      name = "Durability",
      description =
          "When a message counts as stored: by QoS (0 relaxed, 1 group), record (on the disk at once),"
              + " group (on the disk, with the others of 10 ms) or relaxed (not waited for: a kill may"
              + " lose some 10 ms, a power cut the last second).",
      options = {
        @Option(label = "by QoS", value = ""),
        @Option(label = "record", value = "record"),
        @Option(label = "group", value = "group"),
        @Option(label = "relaxed", value = "relaxed")
      },
      required = false)
  String durability() default "";

  @AttributeDefinition(
      name = "Newest first",
      description = "After an outage the newest message of this publisher goes first.")
  boolean newest_first() default false;
}
