package org.penstock.cloud.connection;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys and defaults. */
@ObjectClassDefinition(
    id = CloudServiceEndpoint.PID,
    name = "Cloud connection",
    description = "Speaks Kura's topics and payloads over a data service.")
@interface CloudServiceConfig {

  @AttributeDefinition(
      name = "Display name",
      description = "What life-cycle messages call this gateway.",
      options = {
        @Option(label = "device name", value = "device-name"),
        @Option(label = "host name", value = "hostname"),
        @Option(label = "custom", value = "custom"),
        @Option(label = "left to the server", value = "server")
      })
  String device_display$_$name() default "device-name";

  @AttributeDefinition(
      name = "Custom name",
      description = "The display name when that is custom.",
      required = false)
  String device_custom$_$name() default "";

  @AttributeDefinition(
      name = "Prefix of control topics",
      description = "First level of topics for life-cycle messages, requests and answers.")
  String topic_control$_$prefix() default "$EDC";

  @AttributeDefinition(name = "Compress", description = "Payloads are packed with gzip.")
  boolean encode_gzip() default true;

  @AttributeDefinition(name = "Birth message when the position is found")
  boolean republish_mqtt_birth_cert_on_gps_lock() default false;

  @AttributeDefinition(name = "Birth message when the tamper state changes")
  boolean republish_mqtt_birth_cert_on_tamper_event() default true;

  @AttributeDefinition(
      name = "Subscribe to requests",
      description = "Subscribes to this gateway's control topics.")
  boolean enable_default_subscriptions() default true;

  @AttributeDefinition(
      name = "Payload encoding",
      options = {
        @Option(label = "Kura protobuf", value = "kura-protobuf"),
        @Option(label = "simple JSON", value = "simple-json")
      })
  String payload_encoding() default "kura-protobuf";

  @AttributeDefinition(
      name = "Data service",
      description = "Filter that names the data service, for example (kura.service.pid=..).")
  String DataService_target() default "(kura.service.pid=changeme)";
}
