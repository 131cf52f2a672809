package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a condition by script. */
@ObjectClassDefinition(
    id = ScriptConditionConfig.FACTORY_PID,
    name = "Conditional",
    description = "Passes records on by the one port or the other, as a script decides")
@interface ScriptConditionConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.script.tools.ConditionalComponent";

  /** Key of {@link #condition}. */
  String CONDITION = "condition";

  @AttributeDefinition(
      name = "Condition",
      description =
          "JavaScript whose value is true or false, for example records[0].TIMER.getValue() >"
              + " 10|TextArea",
      required = false)
  String condition() default "";
}
