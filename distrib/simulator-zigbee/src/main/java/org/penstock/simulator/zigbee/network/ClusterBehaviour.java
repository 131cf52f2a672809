package org.penstock.simulator.zigbee.network;

/** What the server side of a cluster does beyond holding attributes. Called on the network's loop. */
interface ClusterBehaviour {

  /** The behaviour has sent an answer of its own: no default response. */
  int ANSWERED = -1;

  /** Sends a cluster command back to whom the command came from. */
  interface Answer {
    void send(int command, byte... payload);
  }

  /** Carries out a command; gives a ZCL status or {@link #ANSWERED}. */
  int command(VirtualEndpoint self, int command, FrameReader payload, Answer answer);

  /** An attribute was written by the host. */
  default void written(VirtualEndpoint self, Attribute attribute, int writer) {}
}
