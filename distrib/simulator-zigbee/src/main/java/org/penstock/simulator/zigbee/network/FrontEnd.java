package org.penstock.simulator.zigbee.network;

/** A stick's protocol towards the host. All methods are called on the network's loop. */
public interface FrontEnd {

  /** Octets that the host sent, in pieces as they came. */
  void received(byte... octets);

  /** The host has connected (or the stick was plugged in again): its state stays, half frames are forgotten. */
  void connected();

  /** The stick loses power: it starts anew from what it keeps in its memory. */
  void powerCycle();

  /** A message for the coordinator that its stack does not answer by itself. */
  void incoming(ApsMessage message, int linkQuality);

  /** The trust centre let a device in. */
  void joined(VirtualNode node, boolean isRejoin);

  /** A device has left. */
  void left(VirtualNode node);

  /** Permit-join was opened for so many seconds, or closed (0). */
  void permitJoin(int seconds);
}
