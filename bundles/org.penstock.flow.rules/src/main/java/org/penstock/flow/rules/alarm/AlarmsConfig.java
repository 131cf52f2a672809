package org.penstock.flow.rules.alarm;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of the alarms. */
@ObjectClassDefinition(
    id = AlarmsConfig.PID,
    name = "Alarms",
    description = "Alarms by ISA-18.2, raised by rules")
@interface AlarmsConfig {

  /** The pid. */
  String PID = "org.penstock.flow.alarms";

  /** Name of the reference to the publisher. */
  String REFERENCE = "CloudPublisher";

  @AttributeDefinition(
      name = "Publisher",
      description =
          "Filter that names the cloud publisher for each change: (kura.service.pid=<its pid>)",
      required = false)
  String CloudPublisher_target() default "(kura.service.pid=none)";

  @AttributeDefinition(
      name = "Flood",
      description = "More alarms than this within the flood's time are a flood",
      min = "1")
  int flood_count() default 10;

  @AttributeDefinition(name = "Flood's time (s)", description = "See above", min = "1")
  int flood_time_s() default 600;

  @AttributeDefinition(
      name = "Longest shelving (min)",
      description = "An operator may not shelve for longer",
      min = "1")
  int shelve_most_min() default 1440;
}
