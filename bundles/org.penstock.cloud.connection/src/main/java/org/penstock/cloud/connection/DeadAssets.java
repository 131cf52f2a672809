package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Knows of which assets that were published all channels are bad. Any thread may call. */
final class DeadAssets {

  private final Map<String, Map<String, Object>> published = new HashMap<>();
  private final Map<String, Map<String, Boolean>> bad = new HashMap<>();
  private final Set<String> dead = new HashSet<>();

  /** A message of this asset went out with these properties. */
  synchronized void published(String asset, Map<String, Object> properties) {
    published.put(asset, properties);
  }

  /** Channels were read, or could not be; gives the last message's properties of one just dead. */
  synchronized Optional<Map<String, Object>> changed(
      String asset, Map<String, ChannelState> states) {
    if (!published.containsKey(asset)) {
      return Optional.empty();
    }
    Map<String, Boolean> all = bad.computeIfAbsent(asset, a -> new HashMap<>());
    states.forEach(
        (channel, state) -> all.put(channel, state.quality().level() == Quality.Level.BAD));
    if (all.containsValue(false)) {
      dead.remove(asset);
      return Optional.empty();
    }
    return dead.add(asset) ? Optional.of(published.get(asset)) : Optional.empty();
  }
}
