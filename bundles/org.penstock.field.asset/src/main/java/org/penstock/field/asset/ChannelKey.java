package org.penstock.field.asset;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.kura.asset.provider.AssetConstants;

/**
 * A configuration key {@code <channel>#<property>}, taken apart.
 *
 * @param channel the channel's name
 * @param property the property's name, with its '+' where it has one
 */
public record ChannelKey(String channel, String property) {

  private static final String SEPARATOR = AssetConstants.CHANNEL_PROPERTY_SEPARATOR.value();
  private static final String PROHIBITED = AssetConstants.CHANNEL_NAME_PROHIBITED_CHARS.value();

  /** Splits at the first '#'; empty when the key is not a channel's. */
  public static Optional<ChannelKey> parse(String key) {
    int at = key.indexOf(SEPARATOR);
    if (at <= 0 || at == key.length() - 1) {
      return Optional.empty();
    }
    String channel = key.substring(0, at);
    return isValidName(channel)
        ? Optional.of(new ChannelKey(channel, key.substring(at + 1)))
        : Optional.empty();
  }

  /** Names of channels that the keys mean and that cannot be channels' names, in order. */
  static SortedSet<String> misnamed(Collection<String> keys) {
    SortedSet<String> names = new TreeSet<>();
    for (String key : keys) {
      int at = key.indexOf(SEPARATOR);
      if (at > 0 && at < key.length() - 1 && !isValidName(key.substring(0, at))) {
        names.add(key.substring(0, at));
      }
    }
    return names;
  }

  /** The key under which a channel's property stands. */
  public static String of(String channel, String property) {
    return channel + SEPARATOR + property;
  }

  private static boolean isValidName(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (PROHIBITED.indexOf(name.charAt(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
