package org.penstock.driver.zigbee;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What a user can set on a driver instance. Names, types and defaults stand here and nowhere else. */
@ObjectClassDefinition(
    id = ZigbeeDriverConfig.FACTORY_PID,
    name = "ZigBee driver",
    description =
        "ZigBee devices through a coordinator of this gateway's own (Z-Stack or EmberZNet)")
@interface ZigbeeDriverConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.driver.zigbee";

  @AttributeDefinition(
      name = "Port",
      description =
          "The coordinator: a serial device, best by /dev/serial/by-id/..., or tcp://host:port")
  String port() default "/dev/ttyUSB0";

  @AttributeDefinition(
      name = "Baud rate",
      description = "Of a serial device",
      min = "9600",
      max = "1000000")
  int baud_rate() default 115200;

  @AttributeDefinition(
      name = "Stick",
      description = "Its firmware: znp (Texas Instruments), ezsp (Silicon Labs), auto asks it",
      options = {
        @Option(label = "find out", value = "auto"),
        @Option(label = "Z-Stack (ZNP)", value = "znp"),
        @Option(label = "EmberZNet (EZSP)", value = "ezsp")
      })
  String stick() default "auto";

  @AttributeDefinition(
      name = "Channel",
      description = "On which a new network is formed",
      min = "11",
      max = "26")
  int channel() default 15;

  @AttributeDefinition(
      name = "PAN id",
      description = "Of the network; 0: the one that the stick has, or any",
      min = "0",
      max = "65534")
  int pan_id() default 0;

  @AttributeDefinition(
      name = "Extended PAN id",
      description = "16 hexadecimal digits; empty: the one that the stick has, or any",
      required = false)
  String extended_pan_id() default "";

  @AttributeDefinition(
      name = "Network key",
      description =
          "32 hexadecimal digits, with which a new network is formed; empty: a random one",
      type = AttributeType.PASSWORD,
      required = false)
  String network_key() default "";

  @AttributeDefinition(
      name = "Timeout",
      description = "Milliseconds that a device may take to answer",
      min = "100",
      max = "60000")
  int timeout_ms() default 5000;

  @AttributeDefinition(
      name = "Greatest age",
      description =
          "Seconds after which a sleepy device's value that was not told again counts as bad; 0: never",
      min = "0",
      max = "604800")
  int age_max_s() default 0;

  @AttributeDefinition(
      name = "Sign of life",
      description = "Seconds between questions to a silent stick; two unanswered ones: it is gone",
      min = "1",
      max = "60")
  int ping_interval_s() default 5;
}
