package org.penstock.flow.wires;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The properties of a further graph. */
@ObjectClassDefinition(
    id = NamedGraphConfig.FACTORY_PID,
    name = "Graph",
    description = "A graph of wires beside the main one; its pid is its name")
@interface NamedGraphConfig {

  /** The factory pid. */
  String FACTORY_PID = "org.penstock.flow.wires.Graph";

  @AttributeDefinition(name = "Graph", description = "The graph in Kura's JSON")
  String WireGraph() default "{\"components\":[],\"wires\":[]}";
}
