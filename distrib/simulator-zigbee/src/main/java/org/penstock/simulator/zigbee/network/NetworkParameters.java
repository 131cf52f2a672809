package org.penstock.simulator.zigbee.network;

/**
 * What makes a network this one and no other. Devices that joined under other parameters don't hear the coordinator.
 *
 * @param panId 0..0xFFFE
 * @param extendedPanId as a number; its octets go least significant first on air
 * @param channel 11..26
 * @param keySequence of the network key, 0..255
 * @param key network key, 16 octets
 */
public record NetworkParameters(
    int panId, long extendedPanId, int channel, int keySequence, byte... key) {

  /** Whether a device that joined the one is in the other. */
  boolean isSameNetwork(NetworkParameters other) {
    return other != null
        && panId == other.panId
        && extendedPanId == other.extendedPanId
        && channel == other.channel
        && java.util.Arrays.equals(key, other.key);
  }
}
