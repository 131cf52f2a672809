package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a logger. */
@ObjectClassDefinition(
    id = LoggerConfig.FACTORY_PID,
    name = "Logger",
    description = "Writes what it receives to the log")
@interface LoggerConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.Logger";

  /** Key of {@link #log_verbosity}. */
  String VERBOSITY = "log.verbosity";

  @AttributeDefinition(
      name = "Verbosity",
      description = "QUIET writes the emitter's pid, VERBOSE also each record's entries",
      options = {
        @Option(label = "QUIET", value = "QUIET"),
        @Option(label = "VERBOSE", value = "VERBOSE")
      })
  String log_verbosity() default "QUIET";
}
