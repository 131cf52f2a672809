package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys and defaults, and the forms that Kura lacks. */
@ObjectClassDefinition(
    id = RawPublisher.PID,
    name = "Plain MQTT publisher",
    description = "Publishes values as JSON, CSV or raw, or a message's body, to any topic.")
@interface RawPublisherConfig {

  @AttributeDefinition(
      name = "Topic",
      description =
          "$name is replaced by the message's property of that name, ${asset} and ${channel} by the"
              + " value's; #account-name and #client-id by the transport.")
  String topic() default "sample/topic";

  @AttributeDefinition(
      name = "QoS",
      options = {
        @Option(label = "0, at most once", value = "0"),
        @Option(label = "1, at least once", value = "1"),
        @Option(label = "2, once", value = "2")
      })
  int qos() default 0;

  @AttributeDefinition(name = "Retain")
  boolean retain() default false;

  @AttributeDefinition(name = "Priority", min = "0")
  int priority() default 7;

  @AttributeDefinition(
      name = "Payload",
      description =
          "auto: the message's body if it has one, as with Kura, else the usual JSON of its values.",
      options = {
        @Option(label = "auto", value = "auto"),
        @Option(label = "JSON by template", value = "json"),
        @Option(label = "CSV", value = "csv"),
        @Option(label = "raw value", value = "raw")
      })
  String payload_form() default "auto";

  @AttributeDefinition(
      name = "Template of JSON",
      description =
          "Placeholders ${asset}, ${channel}, ${value}, ${quality}, ${timestamp}, ${time}, ${=expression}; what stands"
              + " between ${#values} and ${/values} is repeated. Empty: the usual form.|TextArea",
      required = false)
  String payload_template() default "";

  @AttributeDefinition(
      name = "Batch: most values",
      description = "0: each delivery is a message of its own.",
      min = "0")
  int batch_count() default 0;

  @AttributeDefinition(
      name = "Batch: most bytes of a message",
      description = "More values go in several messages; a single value is never cut. 0: any size.",
      min = "0")
  int batch_bytes() default 0;

  @AttributeDefinition(name = "Batch: longest wait, ms", min = "0")
  int batch_time_ms() default 0;

  @AttributeDefinition(
      name = "Shortest time between messages, ms",
      description = "Values of meanwhile go together.",
      min = "0")
  int rate_pause_ms() default 0;

  @AttributeDefinition(name = "Only changes")
  boolean change_only() default false;

  @AttributeDefinition(
      name = "Deadband",
      description = "A number must change by more than this to pass; with only changes.",
      min = "0")
  double change_deadband() default 0;

  @AttributeDefinition(
      name = "Longest silence, s",
      description = "After that a value passes unchanged; with only changes. 0: never.",
      min = "0")
  int change_silence_s() default 0;

  @AttributeDefinition(
      name = "Durability",
      options = {
        @Option(label = "by QoS", value = ""),
        @Option(label = "record", value = "record"),
        @Option(label = "group", value = "group"),
        @Option(label = "relaxed", value = "relaxed")
      },
      required = false)
  String durability() default "";

  @AttributeDefinition(name = "Newest first")
  boolean newest_first() default false;
}
