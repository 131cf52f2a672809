package org.penstock.driver.lorawan;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ThingsStackDriverConfig.FACTORY_PID,
    name = "The Things Stack 3 driver",
    description = "LoRaWAN devices of an existing The Things Stack 3, over its MQTT broker")
@interface ThingsStackDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.lorawan.thethingsstack";

  @AttributeDefinition(
      name = "Broker",
      description = "mqtt://host:1883, mqtts://host:8883, ws:// or wss://")
  String broker_url() default "mqtts://eu1.cloud.thethings.network:8883";

  @AttributeDefinition(name = "User", description = "<application>@<tenant>", required = false)
  String username() default "";

  @AttributeDefinition(
      name = "Password",
      description = "An API key that may read and write traffic",
      type = AttributeType.PASSWORD,
      required = false)
  String password() default "";

  @AttributeDefinition(
      name = "Client id",
      description = "At the broker, nobody else's; empty for one made of this driver's name",
      required = false)
  String client_id() default "";

  @AttributeDefinition(
      name = "Application",
      description = "<application>@<tenant>, or <application> where there are no tenants")
  String application() default "";

  @AttributeDefinition(name = "Region", description = "Gives data rates their numbers")
  String region() default "EU868";

  @AttributeDefinition(
      name = "Keep-alive",
      description = "Seconds; a dead link to the broker is noticed within one and a half of these",
      min = "1",
      max = "3600")
  int keep_alive_s() default 20;
}
