package org.penstock.simulator.zigbee.network;

/** What became of a message that the host sent. */
public enum Delivery {
  /** The node has acknowledged it; for groups and broadcasts: it was sent. */
  DELIVERED,
  /** The node is known and did not acknowledge: ZNP 0xE9, EZSP 0x66. */
  NO_ACK,
  /** No way to that address: ZNP 0xCD. */
  NO_ROUTE,
  /** A sleepy node did not poll in time: ZNP 0xF0. */
  EXPIRED
}
