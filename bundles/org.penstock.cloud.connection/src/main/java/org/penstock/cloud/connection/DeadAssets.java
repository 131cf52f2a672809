package org.penstock.cloud.connection;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.penstock.api.driver.ChannelState;
import org.penstock.api.driver.Quality;

/** Knows of which assets that were published all channels are bad. Any thread may call. */
final class DeadAssets {

  private final Function<String, Optional<Set<String>>> configured;
  private final Map<String, Map<String, Object>> published = new HashMap<>();
  private final Map<String, Map<String, Boolean>> bad = new HashMap<>();
  private final Set<String> dead = new HashSet<>();

  /**
   * None was published.
   *
   * @param configured the channels that an asset reads by its configuration; empty when not known
   */
  DeadAssets(Function<String, Optional<Set<String>>> configured) {
    this.configured = configured;
  }

  /** A message of this asset went out with these properties. */
  synchronized void published(String asset, Map<String, Object> properties) {
    published.put(asset, properties);
  }

  /** Channels were read, or could not be; gives the last message's properties of one just dead. */
  Optional<Map<String, Object>> changed(String asset, Map<String, ChannelState> states) {
    if (livesByOthers(asset, states)) {
      configured.apply(asset).ifPresent(channels -> retain(asset, channels));
    }
    return justDied(asset);
  }

  /** Notes them; whether only channels that were not among them are not bad. */
  private synchronized boolean livesByOthers(String asset, Map<String, ChannelState> states) {
    if (!published.containsKey(asset)) {
      return false;
    }
    Map<String, Boolean> all = bad.computeIfAbsent(asset, a -> new HashMap<>());
    states.forEach((channel, state) -> all.put(channel, isBad(state)));
    return all.containsValue(false) && states.values().stream().allMatch(DeadAssets::isBad);
  }

  private static boolean isBad(ChannelState state) {
    return state.quality().level() == Quality.Level.BAD;
  }

  /** Forgets channels that were taken away: they would keep it alive for ever. */
  private synchronized void retain(String asset, Set<String> channels) {
    bad.get(asset).keySet().retainAll(channels);
  }

  private synchronized Optional<Map<String, Object>> justDied(String asset) {
    if (!published.containsKey(asset) || !bad.containsKey(asset)) {
      return Optional.empty();
    }
    if (bad.get(asset).containsValue(false)) {
      dead.remove(asset);
      return Optional.empty();
    }
    return dead.add(asset) ? Optional.of(published.get(asset)) : Optional.empty();
  }
}
