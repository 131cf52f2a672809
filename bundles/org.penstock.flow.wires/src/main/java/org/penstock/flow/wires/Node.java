package org.penstock.flow.wires;

import java.util.Map;

/**
 * A component of a graph.
 *
 * @param pid its {@code kura.service.pid}
 * @param inputs number of input ports
 * @param outputs number of output ports
 * @param x where it is drawn
 * @param y where it is drawn
 * @param inputNames names of input ports by number
 * @param outputNames names of output ports by number
 */
record Node(
    String pid,
    int inputs,
    int outputs,
    float x,
    float y,
    Map<Integer, String> inputNames,
    Map<Integer, String> outputNames) {

  Node {
    inputNames = Map.copyOf(inputNames);
    outputNames = Map.copyOf(outputNames);
  }
}
