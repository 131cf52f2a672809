package org.penstock.driver.zigbee2mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = Zigbee2MqttDriverConfig.FACTORY_PID,
    name = "Zigbee2MQTT driver",
    description = "ZigBee devices of an existing Zigbee2MQTT, over its MQTT broker")
@interface Zigbee2MqttDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.zigbee2mqtt";

  @AttributeDefinition(
      name = "Broker",
      description = "Zigbee2MQTT's broker: mqtt://host:1883, mqtts://, ws:// or wss://")
  String broker_url() default "mqtt://localhost:1883";

  @AttributeDefinition(
      name = "User",
      description = "At the broker; empty for none",
      required = false)
  String username() default "";

  @AttributeDefinition(
      name = "Password",
      description = "At the broker; empty for none",
      type = AttributeType.PASSWORD,
      required = false)
  String password() default "";

  @AttributeDefinition(
      name = "Client id",
      description = "At the broker, nobody else's; empty for one made of this driver's name",
      required = false)
  String client_id() default "";

  @AttributeDefinition(
      name = "Base topic",
      description = "As in Zigbee2MQTT's settings (mqtt: base_topic)")
  String base_topic() default "zigbee2mqtt";

  @AttributeDefinition(
      name = "Timeout",
      description = "Milliseconds that a device may take to answer or to confirm a write",
      min = "100",
      max = "60000")
  int timeout_ms() default 5000;

  @AttributeDefinition(
      name = "Greatest age",
      description = "Seconds after which a value that was not told again counts as bad; 0: never",
      min = "0",
      max = "604800")
  int age_max_s() default 0;

  @AttributeDefinition(
      name = "Keep-alive",
      description = "Seconds; a dead link to the broker is noticed within one and a half of these",
      min = "1",
      max = "3600")
  int keep_alive_s() default 20;
}
