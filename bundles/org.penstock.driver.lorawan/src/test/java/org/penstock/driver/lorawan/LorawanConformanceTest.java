package org.penstock.driver.lorawan;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.penstock.driver.kit.conformance.DriverBench;
import org.penstock.driver.kit.conformance.DriverConformance;

/** What the kit asks of a driver, as far as a driver whose devices speak first can be asked. */
class LorawanConformanceTest extends DriverConformance {

  @TempDir Path folder;

  @Override
  protected DriverBench newBench() {
    return new LorawanBench(folder);
  }
}
