package org.penstock.driver.zigbee2mqtt;

import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.DriverConformance;

/** All that the kit asks of a driver, asked of this one. */
class Zigbee2MqttConformanceTest extends DriverConformance {

  @Override
  protected DriverBench newBench() {
    return new Zigbee2MqttBench();
  }
}
