package org.penstock.driver.zigbee.stick;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The network that is wanted of a stick.
 *
 * @param panId 1 to 0xFFFE, or 0 for any
 * @param extendedPanId 0 for any
 * @param channel 11 to 26
 * @param key 16 bytes, or none for a random one
 */
public record NetworkSettings(int panId, long extendedPanId, int channel, byte[] key) {

  private static final int KEY_LENGTH = 16;

  public NetworkSettings {
    if (channel < 11 || channel > 26) {
      throw new IllegalArgumentException("channel " + channel + " must be 11 to 26");
    }
    if (panId < 0 || panId > 0xFFFE) {
      throw new IllegalArgumentException("pan.id " + panId + " must be 0 to 65534");
    }
    if (key.length != 0 && key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("the network key must have 16 bytes");
    }
    key = key.clone();
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  /**
   * Another network than the configured one is not taken over.
   *
   * @throws IOException when the PAN ids are not those that are wanted
   */
  public void check(NetworkState state) throws IOException {
    if (panId != 0 && panId != state.panId()
        || extendedPanId != 0 && extendedPanId != state.extendedPanId()) {
      throw new IOException(
          "the stick has another network (%s) than configured (%s); take that PAN id, or erase the stick"
              .formatted(state, this));
    }
  }

  /**
   * What of this has no effect on a network that is there: its channel and key stay.
   *
   * @param itsKey none when the stick does not tell it
   */
  public String ignored(int itsChannel, byte... itsKey) {
    List<String> ignored = new ArrayList<>();
    if (itsChannel != channel) {
      ignored.add("channel %d has no effect: the network is on %d".formatted(channel, itsChannel));
    }
    if (key.length > 0 && itsKey.length > 0 && !MessageDigest.isEqual(key, itsKey)) {
      ignored.add("network.key has no effect: the network has another key");
    }
    return ignored.isEmpty()
        ? ""
        : String.join("; ", ignored) + "; only a new network takes them (erase the stick for one)";
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "PAN 0x%04x, extended 0x%016x, channel %d".formatted(panId, extendedPanId, channel);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkSettings that
        && panId == that.panId
        && extendedPanId == that.extendedPanId
        && channel == that.channel
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * panId + Long.hashCode(extendedPanId);
  }
}
