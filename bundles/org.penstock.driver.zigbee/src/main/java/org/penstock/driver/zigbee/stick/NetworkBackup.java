package org.penstock.driver.zigbee.stick;

import java.util.Arrays;

/**
 * What makes another stick the same coordinator.
 *
 * @param ieee the coordinator's address
 * @param panId 1 to 0xFFFE
 * @param extendedPanId the long one
 * @param channel 11 to 26
 * @param key 16 bytes
 * @param keySequence number of the key, 0 to 255
 * @param frameCounter devices hear no frame whose counter is lower than one that they have heard
 */
public record NetworkBackup(
    long ieee,
    int panId,
    long extendedPanId,
    int channel,
    byte[] key,
    int keySequence,
    long frameCounter) {

  /** So many frames may have been sent since the backup was made. */
  private static final long MARGIN = 100_000;

  public NetworkBackup {
    if (key.length != 16) {
      throw new IllegalArgumentException("the network key must have 16 bytes");
    }
    key = key.clone();
  }

  /** Surely higher than any that was used since the backup was made. */
  public long safeCounter() {
    return frameCounter + MARGIN;
  }

  /** The network that a stick is to form. */
  public NetworkSettings settings() {
    return new NetworkSettings(panId, extendedPanId, channel, key);
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  /** Never the key. */
  @Override
  public String toString() {
    return "backup of " + settings();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NetworkBackup that
        && ieee == that.ieee
        && panId == that.panId
        && extendedPanId == that.extendedPanId
        && channel == that.channel
        && keySequence == that.keySequence
        && frameCounter == that.frameCounter
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * panId + Long.hashCode(extendedPanId);
  }
}
