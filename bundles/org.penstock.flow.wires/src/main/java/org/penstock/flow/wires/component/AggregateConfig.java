package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of an aggregate over time. */
@ObjectClassDefinition(
    id = AggregateConfig.FACTORY_PID,
    name = "Aggregate",
    description = "Emits what the numbers of a time window come to")
@interface AggregateConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Aggregate";

  /** Key of {@link #window_ms}. */
  String WINDOW = "window.ms";

  /** Key of {@link #functions}. */
  String FUNCTIONS = "functions";

  /** Key of {@link #value_keys}. */
  String KEYS = "value.keys";

  @AttributeDefinition(
      name = "Window (ms)",
      description = "Windows begin at whole multiples of this since 1970",
      min = "10")
  int window_ms() default 60_000;

  @AttributeDefinition(
      name = "Functions",
      description = "Any of count, min, max, mean, sum, first, last, deviation, with commas")
  String functions() default "count,min,max,mean";

  @AttributeDefinition(
      name = "Keys",
      description = "A regular expression for whole keys; empty for all numbers",
      required = false)
  String value_keys() default "";
}
