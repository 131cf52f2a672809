package org.penstock.cloud.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Kura's keys and defaults. */
@ObjectClassDefinition(
    id = MqttDataTransport.PID,
    name = "MQTT transport",
    description = "Carries messages to and from one MQTT broker.")
@interface MqttTransportConfig {

  @AttributeDefinition(
      name = "Broker",
      description =
          "mqtt://host:1883, mqtts://host:8883, ws://host:port/path or wss://host:port/path; several,"
              + " separated by commas, are tried in order.")
  String broker$_$url() default "mqtt://broker-url:1883/";

  @AttributeDefinition(
      name = "Account",
      description = "Takes the place of #account-name in topics.",
      required = false)
  String topic_context_account$_$name() default "account-name";

  @AttributeDefinition(name = "User", required = false)
  String username() default "";

  @AttributeDefinition(name = "Password", type = AttributeType.PASSWORD, required = false)
  String password() default "";

  @AttributeDefinition(
      name = "Client id",
      description =
          "Takes the place of #client-id in topics; / + # . become -. Empty: the hardware address of"
              + " the primary network interface.",
      required = false)
  String client$_$id() default "";

  @AttributeDefinition(name = "Keep alive, s", min = "0", max = "65535")
  int keep$_$alive() default 30;

  @AttributeDefinition(name = "Time-out of connecting and subscribing, s", min = "1")
  int timeout() default 10;

  @AttributeDefinition(
      name = "Clean session",
      description = "Off: the broker keeps subscriptions and QoS 1 and 2 messages for us.")
  boolean clean$_$session() default true;

  @AttributeDefinition(
      name = "Topic of the last will",
      description = "Empty: no will.",
      required = false)
  String lwt_topic() default "$EDC/#account-name/#client-id/MQTT/LWT";

  @AttributeDefinition(name = "Text of the last will", required = false)
  String lwt_payload() default "";

  @AttributeDefinition(name = "QoS of the last will", min = "0", max = "2")
  int lwt_qos() default 0;

  @AttributeDefinition(name = "Retain the last will")
  boolean lwt_retain() default false;

  @AttributeDefinition(
      name = "Keeping of messages in flight",
      description =
          "Kept for Kura's configurations. Both are the same here: the outbox keeps them.",
      options = {
        @Option(label = "memory", value = "memory"),
        @Option(label = "file", value = "file")
      })
  String in$_$flight_persistence() default "memory";

  @AttributeDefinition(
      name = "Version of MQTT",
      options = {
        @Option(label = "3.1", value = "3"),
        @Option(label = "3.1.1", value = "4"),
        @Option(label = "5", value = "5")
      })
  int protocol$_$version() default 4;

  @AttributeDefinition(
      name = "TLS service",
      description =
          "Filter that names the SSL manager of mqtts and wss. Without one, the Java runtime's own"
              + " trust store is used.",
      required = false)
  String SslManagerService_target() default "(kura.service.pid=changeme)";

  @AttributeDefinition(
      name = "Proxy",
      description = "http://host:port or socks://host:port; empty: none.",
      required = false)
  String proxy_url() default "";

  @AttributeDefinition(
      name = "TLS: server name",
      description =
          "Name for SNI, which the certificate must carry. Empty: the host of the broker's address.",
      required = false)
  String tls_server_name() default "";

  @AttributeDefinition(
      name = "TLS: application protocols (ALPN)",
      description = "Separated by commas, for example mqtt or x-amzn-mqtt-ca.",
      required = false)
  String tls_alpn() default "";

  @AttributeDefinition(
      name = "MQTT 5: session expiry, s",
      description = "How long the broker keeps the session of a client without clean session.",
      min = "0")
  int mqtt5_session_expiry() default 86_400;

  @AttributeDefinition(name = "MQTT 5: message expiry, s", description = "0: never.", min = "0")
  int mqtt5_message_expiry() default 0;

  @AttributeDefinition(
      name = "MQTT 5: most topic aliases from the broker",
      min = "0",
      max = "65535")
  int mqtt5_topic_alias_maximum() default 100;

  @AttributeDefinition(
      name = "MQTT 5: user properties of the connection",
      description = "key=value, separated by commas.",
      required = false)
  String mqtt5_user_properties() default "";
}
