package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a throttle. */
@ObjectClassDefinition(
    id = ThrottleConfig.FACTORY_PID,
    name = "Throttle",
    description = "Passes on at most one envelope of each emitter in an interval")
@interface ThrottleConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Throttle";

  /** Key of {@link #interval_ms}. */
  String INTERVAL = "interval.ms";

  /** Key of {@link #keep}. */
  String KEEP = "keep";

  @AttributeDefinition(name = "Interval (ms)", description = "One passes in this time", min = "1")
  int interval_ms() default 1000;

  @AttributeDefinition(
      name = "Keep",
      description =
          "FIRST drops what follows within the interval; LAST passes the newest of it at the end",
      options = {
        @Option(label = "FIRST", value = "FIRST"),
        @Option(label = "LAST", value = "LAST")
      })
  String keep() default "FIRST";
}
