package org.penstock.api.driver;

/** Service properties by which a driver tells the gateway how it wants to be used. */
public final class DriverProperties {

  /**
   * How many blocking reads and writes one instance bears at a time; Integer, 1 to 16, default 1. A
   * DS component states it as {@code driver.parallelism:Integer=4}.
   */
  public static final String PARALLELISM = "driver.parallelism";

  private DriverProperties() {}
}
