package org.penstock.driver.modbus;

import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.DriverConformance;

/** All that the kit asks of a driver, asked of this one over Modbus TCP. */
class ModbusConformanceTest extends DriverConformance {

  @Override
  protected DriverBench newBench() throws Exception {
    return new ModbusBench();
  }
}
