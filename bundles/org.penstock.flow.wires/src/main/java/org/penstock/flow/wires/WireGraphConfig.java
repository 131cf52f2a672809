package org.penstock.flow.wires;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The stored wire graph. */
@ObjectClassDefinition(
    id = WireGraphConfig.PID,
    name = "WireGraphService",
    description = "Components and wires of the graph; change it through the wire graph service")
@interface WireGraphConfig {

  /** Kura's pid. */
  String PID = "org.eclipse.kura.wire.graph.WireGraphService";

  /** Key of {@link #WireGraph}. */
  String GRAPH = "WireGraph";

  @AttributeDefinition(name = "Graph", description = "The graph as JSON|TextArea")
  String WireGraph() default "{\"components\":[],\"wires\":[]}";
}
