package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a filter by script. */
@ObjectClassDefinition(
    id = ScriptFilterConfig.FACTORY_PID,
    name = "Filter",
    description = "Emits the records that a script makes of those it receives")
@interface ScriptFilterConfig {

  /** Kura's factory pid. */
  String FACTORY_PID = "org.eclipse.kura.wire.script.tools.FilterComponent";

  /** Key of {@link #script}. */
  String SCRIPT = "script";

  /** Key of {@link #script_context_drop}. */
  String DROP = "script.context.drop";

  @AttributeDefinition(
      name = "Script",
      description =
          "JavaScript: input.records and input.emitterPid are what came, the list output is what"
              + " goes on|TextArea",
      required = false)
  String script() default "";

  @AttributeDefinition(
      name = "Drop the script's variables",
      description = "Whether a changed configuration begins without the variables of before")
  boolean script_context_drop() default false;
}
