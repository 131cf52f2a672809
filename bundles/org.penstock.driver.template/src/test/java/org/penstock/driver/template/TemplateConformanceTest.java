package org.penstock.driver.template;

import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.DriverConformance;

/** All that the kit asks of a driver, asked of this one. */
class TemplateConformanceTest extends DriverConformance {

  @Override
  protected DriverBench newBench() {
    return new TemplateBench();
  }
}
