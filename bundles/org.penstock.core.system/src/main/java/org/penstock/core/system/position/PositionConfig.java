package org.penstock.core.system.position;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Where the gateway's position comes from. */
@ObjectClassDefinition(
    id = KuraPosition.PID,
    name = "Position",
    description = "Where this gateway is: fixed, or from gpsd.")
public @interface PositionConfig {

  /** Whether there is a position. */
  @AttributeDefinition(name = "Enabled", description = "Gives a position.", required = false)
  boolean enabled() default false;

  /** The position is the given one. */
  @AttributeDefinition(
      name = "Fixed",
      description = "The position is the one given below.",
      required = false)
  boolean static$() default false;

  /** Where else it comes from. */
  @AttributeDefinition(
      name = "Provider",
      description = "Where a position that is not fixed comes from.",
      options = @Option(label = "gpsd", value = "gpsd"),
      required = false)
  String provider() default "gpsd";

  /** gpsd's host. */
  @AttributeDefinition(name = "gpsd host", description = "Host of gpsd.", required = false)
  String gpsd_host() default "localhost";

  /** gpsd's port. */
  @AttributeDefinition(
      name = "gpsd port",
      description = "Port of gpsd.",
      min = "1",
      max = "65535",
      required = false)
  int gpsd_port() default 2947;

  /** Latitude. */
  @AttributeDefinition(
      name = "Latitude",
      description = "In degrees, north positive.",
      min = "-90",
      max = "90",
      required = false)
  double latitude() default 0;

  /** Longitude. */
  @AttributeDefinition(
      name = "Longitude",
      description = "In degrees, east positive.",
      min = "-180",
      max = "180",
      required = false)
  double longitude() default 0;

  /** Altitude. */
  @AttributeDefinition(
      name = "Altitude",
      description = "In metres above the sea.",
      required = false)
  double altitude() default 0;
}
