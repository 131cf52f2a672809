package org.penstock.simulator.zigbee.network;

/**
 * One APS message on the simulated air.
 *
 * @param source short address of the sender, 0 = coordinator
 * @param sourceEndpoint 0 = ZDO
 * @param mode unicast, group or broadcast
 * @param destination short address, group id or broadcast address, after the mode
 * @param endpoint endpoint of the destination, 255 = all
 * @param profile 0 = ZDO, 0x0104 = home automation
 * @param cluster cluster id
 * @param data ZDO or ZCL frame, transaction number included
 */
public record ApsMessage(
    int source,
    int sourceEndpoint,
    Mode mode,
    int destination,
    int endpoint,
    int profile,
    int cluster,
    byte... data) {

  /** How the destination is meant. */
  public enum Mode {
    UNICAST,
    GROUP,
    BROADCAST
  }

  /** Profile of ZDO. */
  public static final int ZDO = 0;

  /** Home automation, the profile of ZigBee 3.0 devices. */
  public static final int HA = 0x0104;

  /** ZDO cluster by which a device tells its addresses. */
  public static final int DEVICE_ANNOUNCE = 0x0013;

  /** A message to one node. */
  public static ApsMessage unicast(
      int source, int sourceEndpoint, int destination, int endpoint, int cluster, byte... data) {
    int profile = endpoint == 0 ? ZDO : HA;
    return new ApsMessage(
        source, sourceEndpoint, Mode.UNICAST, destination, endpoint, profile, cluster, data);
  }

  /** What the answering node sends back. */
  ApsMessage reply(int from, int answerCluster, byte... answer) {
    int own = mode == Mode.UNICAST || endpoint != 255 ? endpoint : 1;
    return new ApsMessage(
        from, own, Mode.UNICAST, source, sourceEndpoint, profile, answerCluster, answer);
  }
}
