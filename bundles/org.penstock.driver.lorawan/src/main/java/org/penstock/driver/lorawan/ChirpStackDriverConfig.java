package org.penstock.driver.lorawan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ChirpStackDriverConfig.FACTORY_PID,
    name = "ChirpStack 4 driver",
    description = "LoRaWAN devices of an existing ChirpStack 4, over its MQTT broker")
@interface ChirpStackDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.lorawan.chirpstack";

  @AttributeDefinition(
      name = "Broker",
      description = "mqtt://host:1883, mqtts://host:8883, ws:// or wss://")
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

  @AttributeDefinition(name = "Application", description = "Id of the application, a UUID")
  String application() default "";

  @AttributeDefinition(name = "Region", description = "Gives data rates their numbers")
  String region() default "EU868";

  @AttributeDefinition(
      name = "Expiry of writes",
      description = "Minutes that a downlink waits for its device",
      min = "1",
      max = "525600")
  int downlink_expiry_min() default 1440;

  @AttributeDefinition(
      name = "Keep-alive",
      description = "Seconds; a dead link to the broker is noticed within one and a half of these",
      min = "1",
      max = "3600")
  int keep_alive_s() default 20;
}
