package org.penstock.cloud.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Without it a host of Sparkplug could take a device for alive that is gone, or be told too often. */
class DeadAssetsTest {

  private static final Map<String, Object> SENT = Map.of("priority", 7);
  private static final ChannelState GOOD = state(Quality.GOOD);
  private static final ChannelState OLD = state(Quality.uncertain("old"));
  private static final ChannelState BAD = state(Quality.bad("timed out"));

  private final Set<String> channels = new HashSet<>(Set.of("level", "flow"));
  private final DeadAssets assets = new DeadAssets(asset -> Optional.of(channels));

  private static ChannelState state(Quality quality) {
    return new ChannelState(quality, Instant.EPOCH, Optional.empty(), Optional.empty());
  }

  @Test
  void itDiesOnceWhenAllItsChannelsAreBadAlsoThoseOfOtherPolls() {
    assets.published("tank", SENT);
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", GOOD, "flow", OLD)));
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", BAD)));
    assertEquals(Optional.of(SENT), assets.changed("tank", Map.of("flow", BAD)));
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", BAD, "flow", BAD)));
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", GOOD)));
    assertEquals(Optional.of(SENT), assets.changed("tank", Map.of("level", BAD)));
  }

  @Test
  void anAssetThatWasNeverPublishedIsNobodysDevice() {
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", BAD)));
    assets.published("tank", SENT);
    assertEquals(Optional.of(SENT), assets.changed("tank", Map.of("level", BAD)));
  }

  @Test
  void aChannelThatWasRemovedWhileGoodDoesNotKeepItAlive() {
    assets.published("tank", SENT);
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", GOOD, "flow", GOOD)));
    channels.remove("flow");
    assertEquals(Optional.of(SENT), assets.changed("tank", Map.of("level", BAD)));
    assertEquals(Optional.empty(), assets.changed("tank", Map.of("level", BAD)));
  }

  @Test
  void anAssetWhoseChannelsAreNotKnownLosesNone() {
    DeadAssets unknown = new DeadAssets(asset -> Optional.empty());
    unknown.published("tank", SENT);
    assertEquals(Optional.empty(), unknown.changed("tank", Map.of("level", GOOD, "flow", GOOD)));
    assertEquals(Optional.empty(), unknown.changed("tank", Map.of("level", BAD)));
    assertEquals(Optional.of(SENT), unknown.changed("tank", Map.of("flow", BAD)));
  }
}
