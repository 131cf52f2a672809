package org.penstock.simulator.zigbee.network;

/**
 * One line of a node's binding table.
 *
 * @param isGroup whether the destination is a group id, else an IEEE address
 */
record Binding(
    int endpoint, int cluster, boolean isGroup, long destination, int destinationEndpoint) {

  static Binding read(FrameReader in) {
    int endpoint = in.u8();
    int cluster = in.u16();
    boolean group = in.u8() == 1;
    return group
        ? new Binding(endpoint, cluster, true, in.u16(), 0)
        : new Binding(endpoint, cluster, false, in.u64(), in.u8());
  }

  void write(FrameWriter out) {
    out.u8(endpoint).u16(cluster).u8(isGroup ? 1 : 3);
    if (isGroup) {
      out.u16((int) destination);
    } else {
      out.u64(destination).u8(destinationEndpoint);
    }
  }

  /** A message by this binding to the short address or group that it means now. */
  ApsMessage message(int source, int to, byte... frame) {
    return isGroup
        ? new ApsMessage(
            source, endpoint, ApsMessage.Mode.GROUP, to, 255, ApsMessage.HA, cluster, frame)
        : ApsMessage.unicast(source, endpoint, to, destinationEndpoint, cluster, frame);
  }
}
