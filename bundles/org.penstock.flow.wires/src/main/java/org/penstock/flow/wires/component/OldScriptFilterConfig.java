package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a filter by script, under its old name. */
@ObjectClassDefinition(
    id = OldScriptFilterConfig.FACTORY_PID,
    name = "Script Filter (deprecated)",
    description = "Emits the records that a script makes of those it receives")
@interface OldScriptFilterConfig {

  /** The factory pid of Kura before 6. */
  String FACTORY_PID = "org.eclipse.kura.wire.ScriptFilter";

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
