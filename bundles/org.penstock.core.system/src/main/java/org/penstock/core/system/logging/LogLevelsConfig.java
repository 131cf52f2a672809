package org.penstock.core.system.logging;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** From which level on each logger writes. */
@ObjectClassDefinition(
    id = LogLevels.PID,
    name = "Log levels",
    description = "From which level on a logger, and those below it, write to the log.")
public @interface LogLevelsConfig {

  /** A logger and its level each. */
  @AttributeDefinition(
      name = "Levels",
      description =
          "LOGGER=LEVEL each, as org.penstock.driver.modbus=DEBUG; levels are OFF, ERROR, WARN, INFO,"
              + " DEBUG and TRACE; ROOT stands for all loggers. What is not named keeps the"
              + " distribution's level.",
      cardinality = 100,
      required = false)
  String[] levels() default {};
}
