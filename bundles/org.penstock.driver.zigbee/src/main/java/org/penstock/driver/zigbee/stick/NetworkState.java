package org.penstock.driver.zigbee.stick;

/**
 * The network that a stick coordinates.
 *
 * @param ieee the coordinator's address
 * @param panId 1 to 0xFFFE
 * @param extendedPanId the long one
 * @param channel 11 to 26
 * @param version of the stick's firmware, for people
 * @param formed made anew just now; false when it was there
 * @param ignored what of the configuration has no effect on a network that was there; empty when all
 *     fits
 */
public record NetworkState(
    long ieee,
    int panId,
    long extendedPanId,
    int channel,
    String version,
    boolean formed,
    String ignored) {

  @Override
  public String toString() {
    return "PAN 0x%04x, extended 0x%016x, channel %d, %s"
        .formatted(panId, extendedPanId, channel, version);
  }
}
