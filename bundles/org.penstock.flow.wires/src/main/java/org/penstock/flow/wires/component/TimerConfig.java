package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The properties of a timer. */
@ObjectClassDefinition(
    id = TimerConfig.FACTORY_PID,
    name = "Timer",
    description = "Emits a record at fixed times")
@interface TimerConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.Timer";

  /** Key of {@link #type}. */
  String TYPE = "type";

  /** Key of {@link #simple_interval}. */
  String INTERVAL = "simple.interval";

  /** Key of {@link #simple_time_unit}. */
  String UNIT = "simple.time.unit";

  /** Key of {@link #simple_first_tick_policy}. */
  String FIRST_POLICY = "simple.first.tick.policy";

  /** Key of {@link #simple_custom_first_tick_interval}. */
  String FIRST_INTERVAL = "simple.custom.first.tick.interval";

  /** Key of {@link #cron_interval}. */
  String CRON = "cron.interval";

  @AttributeDefinition(
      name = "Type",
      description = "SIMPLE ticks at a fixed rate, CRON by a time table",
      options = {
        @Option(label = "SIMPLE", value = "SIMPLE"),
        @Option(label = "CRON", value = "CRON")
      })
  String type() default "SIMPLE";

  @AttributeDefinition(name = "Interval", description = "Between two ticks of SIMPLE", min = "1")
  int simple_interval() default 10;

  @AttributeDefinition(
      name = "Time unit",
      description = "Unit of the intervals",
      options = {
        @Option(label = "MILLISECONDS", value = "MILLISECONDS"),
        @Option(label = "SECONDS", value = "SECONDS"),
        @Option(label = "MINUTES", value = "MINUTES"),
        @Option(label = "HOURS", value = "HOURS"),
        @Option(label = "DAYS", value = "DAYS")
      })
  String simple_time_unit() default "SECONDS";

  @AttributeDefinition(
      name = "First tick",
      description = "DEFAULT ticks first after one interval, CUSTOM after the time below",
      options = {
        @Option(label = "DEFAULT", value = "DEFAULT"),
        @Option(label = "CUSTOM", value = "CUSTOM")
      })
  String simple_first_tick_policy() default "DEFAULT";

  @AttributeDefinition(
      name = "Custom first tick",
      description = "Until the first tick, for CUSTOM",
      min = "0")
  int simple_custom_first_tick_interval() default 0;

  @AttributeDefinition(
      name = "Cron expression",
      description =
          "Time table of CRON: seconds minutes hours day-of-month month day-of-week [year]")
  String cron_interval() default "0/10 * * * * ?";
}
