package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a dead band. */
@ObjectClassDefinition(
    id = DeadbandConfig.FACTORY_PID,
    name = "Deadband",
    description = "Passes values on only when they have moved")
@interface DeadbandConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Deadband";

  /** Key of {@link #deadband_absolute}. */
  String ABSOLUTE = "deadband.absolute";

  /** Key of {@link #deadband_percent}. */
  String PERCENT = "deadband.percent";

  /** Key of {@link #max_silence_ms}. */
  String SILENCE = "max.silence.ms";

  /** Key of {@link #value_keys}. */
  String KEYS = "value.keys";

  @AttributeDefinition(
      name = "Absolute band",
      description =
          "A number passes when it moved by more than this; other values when they differ",
      min = "0")
  double deadband_absolute() default 0;

  @AttributeDefinition(
      name = "Relative band (%)",
      description = "The same in percent of the value that passed last; the wider band counts",
      min = "0")
  double deadband_percent() default 0;

  @AttributeDefinition(
      name = "Longest silence (ms)",
      description = "After this time a value passes though it did not move; 0 for never",
      min = "0")
  int max_silence_ms() default 0;

  @AttributeDefinition(
      name = "Keys",
      description = "A regular expression for whole keys; others pass always; empty for all",
      required = false)
  String value_keys() default "";
}
