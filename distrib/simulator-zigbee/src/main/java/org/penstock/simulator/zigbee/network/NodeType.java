package org.penstock.simulator.zigbee.network;

/** Logical type of a node. */
public enum NodeType {
  COORDINATOR(0, 0x8F),
  ROUTER(1, 0x8E),
  /** Listens always. */
  END_DEVICE(2, 0x8C),
  /** Hears only what its parent has kept when it polls. */
  SLEEPY(2, 0x80);

  final int code;
  final int capability;

  NodeType(int code, int capability) {
    this.code = code;
    this.capability = capability;
  }

  /** MAC capability, as in a device announce. */
  public int capability() {
    return capability;
  }

  /** 0 coordinator, 1 router, 2 end device. */
  public int code() {
    return code;
  }
}
