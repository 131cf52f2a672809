package org.eclipse.kura.wire.graph;

/** Property names of wires and their components. */
public enum Constants {
  WIRE_EMITTER_PORT_PROP_NAME("emitter.port"),
  WIRE_RECEIVER_PORT_PROP_NAME("receiver.port"),
  RECEIVER_PORT_COUNT_PROP_NAME("receiver.port.count"),
  EMITTER_PORT_COUNT_PROP_NAME("emitter.port.count"),
  RECEIVER_KURA_SERVICE_PID_PROP_NAME("receiver.kura.service.pid"),
  EMITTER_KURA_SERVICE_PID_PROP_NAME("emitter.kura.service.pid");

  private final String value;

  Constants(String value) {
    this.value = value;
  }

  public String value() {
    return value;
  }

  public static Constants fromValue(String text) {
    for (Constants candidate : values()) {
      if (candidate.value.equals(text)) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("no Constants: " + text);
  }
}
