package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** As which device values are published. */
@ObjectClassDefinition(
    id = SparkplugPublisher.PID,
    name = "Sparkplug B publisher",
    description = "Values of an asset become metrics of a device of the edge node.")
@interface SparkplugPublisherConfig {

  @AttributeDefinition(
      name = "Device",
      description =
          "$name is replaced by the message's property of that name. Empty, or without such a"
              + " property: metrics of the node itself.",
      required = false)
  String device_id() default "$assetName";

  @AttributeDefinition(name = "Priority", min = "0")
  int priority() default 7;

  @AttributeDefinition(
      name = "Durability",
      options = {
        @Option(label = "group", value = ""),
        @Option(label = "record", value = "record"),
        @Option(label = "relaxed", value = "relaxed")
      },
      required = false)
  String durability() default "";

  @AttributeDefinition(
      name = "Newest first",
      description =
          "After an outage live values go before the backlog, which is marked as history.")
  boolean newest_first() default false;
}
