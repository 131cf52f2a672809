package org.penstock.simulator.zigbee;

/** zigbee-herdsman believes the EZSP front end. */
class HerdsmanOnEzspTest extends HerdsmanRun {

  HerdsmanOnEzspTest() {
    super(Protocol.EZSP_13, "ember");
  }
}
