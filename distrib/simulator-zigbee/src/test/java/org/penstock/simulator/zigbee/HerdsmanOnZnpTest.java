package org.penstock.simulator.zigbee;

/** zigbee-herdsman believes the ZNP front end. */
class HerdsmanOnZnpTest extends HerdsmanRun {

  HerdsmanOnZnpTest() {
    super(Protocol.ZNP_3_X_0, "zstack");
  }
}
