package org.penstock.driver.zigbee;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.DriverConformance;

/** What every driver must withstand. */
final class ZigbeeConformanceTest extends DriverConformance {

  @TempDir private Path home;

  @Override
  protected DriverBench newBench() {
    return new ZigbeeBench(home);
  }
}
