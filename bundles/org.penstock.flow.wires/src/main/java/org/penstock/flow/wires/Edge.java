package org.penstock.flow.wires;

/** A wire of a graph, by {@code kura.service.pid} and port number. */
record Edge(String emitter, int emitterPort, String receiver, int receiverPort) {

  @Override
  public String toString() {
    return emitter + " (port " + emitterPort + ") -> " + receiver + " (port " + receiverPort + ")";
  }
}
