package org.penstock.field.asset;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.kura.configuration.ConfigurationService;

/** What an import makes of one asset. For one import only. */
final class TagAssetChange {

  private final String asset;
  private final String driver;
  private final Map<String, Object> before;
  private final Map<String, Map<String, Object>> channelsBefore;
  private final Map<String, Map<String, Object>> given = new LinkedHashMap<>();

  /**
   * A change.
   *
   * @param driver of an asset that is to be made
   * @param before the asset's properties; null when it is to be made
   */
  TagAssetChange(String asset, String driver, Map<String, Object> before) {
    this.asset = asset;
    this.driver = driver;
    this.before = before;
    this.channelsBefore = before == null ? Map.of() : byChannel(before);
  }

  /** Properties taken apart by channel. */
  static Map<String, Map<String, Object>> byChannel(Map<String, Object> properties) {
    Map<String, Map<String, Object>> channels = new LinkedHashMap<>();
    properties.forEach(
        (key, value) ->
            ChannelKey.parse(key)
                .ifPresent(
                    parsed ->
                        channels
                            .computeIfAbsent(parsed.channel(), name -> new HashMap<>())
                            .put(parsed.property(), value)));
    return channels;
  }

  String asset() {
    return asset;
  }

  /** The asset is made by the import. */
  boolean isNew() {
    return before == null;
  }

  /** The properties of a channel as they would be: those that are there with the given ones. */
  Map<String, Object> merged(String channel, Map<String, Object> properties) {
    Map<String, Object> result = new HashMap<>(channelsBefore.getOrDefault(channel, Map.of()));
    result.putAll(properties);
    return result;
  }

  /** Takes a channel in. */
  void add(String channel, Map<String, Object> properties) {
    given.put(channel, properties);
  }

  int added() {
    return (int) given.keySet().stream().filter(c -> !channelsBefore.containsKey(c)).count();
  }

  int changed() {
    return (int)
        given.entrySet().stream()
            .filter(e -> channelsBefore.containsKey(e.getKey()))
            .filter(e -> differs(channelsBefore.get(e.getKey()), e.getValue()))
            .count();
  }

  private static boolean differs(Map<String, Object> before, Map<String, Object> given) {
    return given.entrySet().stream()
        .anyMatch(e -> !e.getValue().toString().equals(String.valueOf(before.get(e.getKey()))));
  }

  int removed(boolean replace) {
    Set<String> gone = new HashSet<>(channelsBefore.keySet());
    gone.removeAll(given.keySet());
    return replace ? gone.size() : 0;
  }

  /** Anything becomes other than it is: an asset that stays the same is not to be disturbed. */
  boolean isOne(boolean replace) {
    return isNew() || added() + changed() + removed(replace) > 0;
  }

  /** The asset has what is given. */
  boolean isIn(Map<String, Object> now) {
    return given.entrySet().stream()
        .allMatch(
            channel ->
                channel.getValue().entrySet().stream()
                    .allMatch(
                        one ->
                            one.getValue()
                                .toString()
                                .equals(
                                    String.valueOf(
                                        now.get(ChannelKey.of(channel.getKey(), one.getKey()))))));
  }

  /** The properties to go back to. */
  Map<String, Object> propertiesBefore() {
    return own(before);
  }

  /** The properties that the asset gets. */
  Map<String, Object> propertiesAfter(boolean replace) {
    Map<String, Object> result = new HashMap<>();
    if (isNew()) {
      result.put(WireAssetConfig.DRIVER_PID, driver);
      result.put(ConfigurationService.KURA_SERVICE_PID, asset);
    } else {
      result.putAll(own(before));
      if (replace) {
        result.keySet().removeIf(key -> ChannelKey.parse(key).isPresent());
      }
    }
    given.forEach(
        (channel, properties) ->
            properties.forEach((key, value) -> result.put(ChannelKey.of(channel, key), value)));
    return result;
  }

  private static Map<String, Object> own(Map<String, Object> properties) {
    Map<String, Object> result = new HashMap<>(properties);
    result.keySet().removeIf(key -> key.startsWith("component.") || key.startsWith("osgi.ds."));
    return result;
  }
}
