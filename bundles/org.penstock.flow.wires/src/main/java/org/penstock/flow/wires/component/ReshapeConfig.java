package org.penstock.flow.wires.component;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a reshaper. */
@ObjectClassDefinition(
    id = ReshapeConfig.FACTORY_PID,
    name = "Rename and scale",
    description = "Gives values other names, units and scales")
@interface ReshapeConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Reshape";

  /** Key of {@link #rename}. */
  String RENAME = "rename";

  /** Key of {@link #scale}. */
  String SCALE = "scale";

  @AttributeDefinition(
      name = "Rename",
      description = "One 'key = new key' in a line; what belongs to the key goes with it|TextArea",
      required = false)
  String rename() default "";

  @AttributeDefinition(
      name = "Scale",
      description =
          "One 'new key = factor, offset, unit' in a line; offset and unit may be left out; the"
              + " result is value * factor + offset as a DOUBLE|TextArea",
      required = false)
  String scale() default "";
}
