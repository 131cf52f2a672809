package org.penstock.driver.zigbee.device;

import org.penstock.driver.zigbee.codec.ZclFrame;

/**
 * Where a value stands within a device.
 *
 * @param endpoint 1 to 240
 * @param cluster 0 to 65535
 * @param id 0 to 65535
 * @param manufacturer code, or {@link ZclFrame#NO_MANUFACTURER}
 */
public record Attribute(int endpoint, int cluster, int id, int manufacturer) {

  /** One that is not specific to a manufacturer. */
  public static Attribute of(int endpoint, int cluster, int id) {
    return new Attribute(endpoint, cluster, id, ZclFrame.NO_MANUFACTURER);
  }

  /** Whether both can be asked for in one request. */
  public boolean sharesRequestWith(Attribute other) {
    return endpoint == other.endpoint
        && cluster == other.cluster
        && manufacturer == other.manufacturer;
  }
}
