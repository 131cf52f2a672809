package org.penstock.field.asset;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.type.TypedValue;
import org.penstock.api.write.WriteSource;

/**
 * Which writes a channel takes. Unchangeable.
 *
 * @param order kinds of sources that may write, strongest first
 * @param hold how long a write keeps weaker and other sources off; zero not at all
 * @param interval least time between two writes; zero for none
 * @param min least value, for numbers
 * @param max greatest value, for numbers
 * @param readBack whether the value is read after the write and must be the same
 */
record WriteRules(
    List<WriteSource.Kind> order,
    Duration hold,
    Duration interval,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    boolean readBack) {

  /** How the keys of all rules begin. */
  static final String PREFIX = "+write.";

  static final String ORDER = "+write.order";
  static final String HOLD = "+write.hold.ms";
  static final String INTERVAL = "+write.interval.ms";
  static final String MIN = "+write.min";
  static final String MAX = "+write.max";
  static final String READ_BACK = "+write.readback";

  /** Takes every write, as Kura does. */
  static final WriteRules FREE =
      new WriteRules(
          List.of(WriteSource.Kind.values()),
          Duration.ZERO,
          Duration.ZERO,
          Optional.empty(),
          Optional.empty(),
          false);

  /** The rules of those channels that have any. */
  static Map<String, WriteRules> of(Map<String, Channel> channels) {
    Map<String, WriteRules> rules = new TreeMap<>();
    channels.forEach(
        (name, channel) -> {
          WriteRules own = of(channel);
          if (own != FREE) {
            rules.put(name, own);
          }
        });
    return rules;
  }

  /**
   * The rules that a channel's properties state.
   *
   * @throws AssetConfigurationException when one cannot be understood
   */
  static WriteRules of(Channel channel) {
    if (channel.getType() == ChannelType.READ
        || channel.getConfiguration().keySet().stream().noneMatch(k -> k.startsWith(PREFIX))) {
      return FREE;
    }
    WriteRules rules =
        new WriteRules(
            order(channel),
            millis(channel, HOLD),
            millis(channel, INTERVAL),
            number(channel, MIN),
            number(channel, MAX),
            Boolean.parseBoolean(text(channel, READ_BACK)));
    if (rules.readBack && channel.getType() != ChannelType.READ_WRITE) {
      throw fault(channel, READ_BACK, "needs a channel that can be read; set +type to READ_WRITE");
    }
    return rules;
  }

  private static List<WriteSource.Kind> order(Channel channel) {
    String text = text(channel, ORDER);
    if (text.isEmpty()) {
      return FREE.order();
    }
    List<WriteSource.Kind> kinds = new ArrayList<>();
    for (String name : text.split(",")) {
      WriteSource.Kind kind =
          Arrays.stream(WriteSource.Kind.values())
              .filter(k -> k.name().equals(name.strip().toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElse(null);
      if (kind == null || kinds.contains(kind)) {
        throw fault(
            channel,
            ORDER,
            "is '%s', must be some of %s, each once, strongest first"
                .formatted(text, Arrays.toString(WriteSource.Kind.values())));
      }
      kinds.add(kind);
    }
    return List.copyOf(kinds);
  }

  private static Duration millis(Channel channel, String key) {
    String text = text(channel, key);
    if (!text.matches("\\d{0,12}")) {
      throw fault(channel, key, "is '" + text + "', must be 0 or more milliseconds");
    }
    return text.isEmpty() ? Duration.ZERO : Duration.ofMillis(Long.parseLong(text));
  }

  private static Optional<BigDecimal> number(Channel channel, String key) {
    String text = text(channel, key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!Scaling.isNumeric(channel.getValueType())) {
      throw fault(channel, key, "is for numbers, not for " + channel.getValueType());
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException notANumber) {
      throw fault(channel, key, "is '" + text + "', must be a number");
    }
  }

  private static String text(Channel channel, String key) {
    Object value = channel.getConfiguration().get(key);
    return value == null ? "" : value.toString().strip();
  }

  private static AssetConfigurationException fault(Channel channel, String key, String problem) {
    return new AssetConfigurationException(channel.getName(), key, problem);
  }

  /** Why this value is not taken; empty when it is. */
  Optional<String> refusal(TypedValue<?> value) {
    if (min.isEmpty() && max.isEmpty()) {
      return Optional.empty();
    }
    if (value == null || !(value.getValue() instanceof Number number)) {
      return Optional.of(
          "only numbers can be within "
              + MIN
              + " and "
              + MAX
              + ", given: "
              + (value == null ? "nothing" : value.getType()));
    }
    if (!Double.isFinite(number.doubleValue())) {
      return Optional.of(number + " is no number that could be within " + MIN + " and " + MAX);
    }
    BigDecimal given = new BigDecimal(number.toString());
    if (min.isPresent() && given.compareTo(min.get()) < 0) {
      return Optional.of(number + " is below " + MIN + " " + min.get().toPlainString());
    }
    if (max.isPresent() && given.compareTo(max.get()) > 0) {
      return Optional.of(number + " is above " + MAX + " " + max.get().toPlainString());
    }
    return Optional.empty();
  }

  /** The kind may write at all. */
  boolean allows(WriteSource source) {
    return order.contains(source.kind());
  }

  /** Whether the one may write while the other holds the channel. */
  boolean mayTakeOver(WriteSource one, WriteSource holder) {
    int difference = order.indexOf(one.kind()) - order.indexOf(holder.kind());
    return one.equals(holder)
        || difference < 0
        || difference == 0 && one.kind() == WriteSource.Kind.OPERATOR;
  }
}
