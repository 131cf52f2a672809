package org.penstock.field.asset;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.kura.asset.AssetConfiguration;
import org.eclipse.kura.asset.provider.AssetConstants;
import org.eclipse.kura.channel.Channel;
import org.eclipse.kura.channel.ChannelType;
import org.eclipse.kura.channel.ScaleOffsetType;
import org.eclipse.kura.type.DataType;

/** Makes channels out of configuration properties. Pure. */
public final class Channels {

  private static final Number NO_SCALE = 1.0d;
  private static final Number NO_OFFSET = 0.0d;

  private Channels() {}

  /**
   * The asset that the properties describe.
   *
   * @throws NullPointerException when there is no {@code driver.pid}
   * @throws AssetConfigurationException when a channel's type, scale or offset cannot be understood
   */
  public static AssetConfiguration parse(Map<String, Object> properties) {
    Object driverPid = properties.get(AssetConstants.ASSET_DRIVER_PROP.value());
    if (driverPid == null) {
      throw new NullPointerException("asset without driver.pid; name the driver instance there");
    }
    Object description = properties.get(AssetConstants.ASSET_DESC_PROP.value());
    Map<String, Map<String, Object>> byChannel = new HashMap<>();
    properties.forEach(
        (key, value) ->
            ChannelKey.parse(key)
                .filter(parsed -> value != null)
                .ifPresent(
                    parsed ->
                        byChannel
                            .computeIfAbsent(parsed.channel(), name -> new HashMap<>())
                            .put(parsed.property(), asText(value))));
    Map<String, Channel> channels = new TreeMap<>();
    new TreeMap<>(byChannel)
        .forEach(
            (name, config) ->
                channel(name, config).ifPresent(channel -> channels.put(name, channel)));
    return new AssetConfiguration(
        description == null ? "" : description.toString(), driverPid.toString(), channels);
  }

  /**
   * Checks one channel by itself.
   *
   * @param properties by their plain names
   * @return the channel; empty when its direction or its type of value is missing
   * @throws AssetConfigurationException when one cannot be understood
   */
  static Optional<Channel> check(String name, Map<String, Object> properties) {
    Map<String, Object> texts = new HashMap<>();
    properties.forEach((key, value) -> texts.put(key, asText(value)));
    Optional<Channel> channel = channel(name, texts);
    channel.ifPresent(WriteRules::of);
    return channel;
  }

  /** An asset without driver and channels. */
  static AssetConfiguration none() {
    return new AssetConfiguration("", "", Map.of());
  }

  /** A channel, unless its direction or its type of value is missing. */
  private static Optional<Channel> channel(String name, Map<String, Object> config) {
    String type = text(config, AssetConstants.TYPE);
    String valueType = text(config, AssetConstants.VALUE_TYPE);
    if (type.isEmpty() || valueType.isEmpty()) {
      return Optional.empty();
    }
    DataType dataType = constant(name, AssetConstants.VALUE_TYPE, valueType, DataType.values());
    String scaleOffset = text(config, AssetConstants.SCALE_OFFSET_TYPE);
    ScaleOffsetType scaleOffsetType =
        scaleOffset.isEmpty()
            ? ScaleOffsetType.DEFINED_BY_VALUE_TYPE
            : constant(
                name, AssetConstants.SCALE_OFFSET_TYPE, scaleOffset, ScaleOffsetType.values());
    DataType effective = Scaling.effectiveType(dataType, scaleOffsetType);
    Channel channel =
        new Channel(
            name,
            constant(name, AssetConstants.TYPE, type, ChannelType.values()),
            dataType,
            scaleOffsetType,
            number(name, config, AssetConstants.VALUE_SCALE, effective, NO_SCALE),
            number(name, config, AssetConstants.VALUE_OFFSET, effective, NO_OFFSET),
            Map.copyOf(config));
    String enabled = text(config, AssetConstants.ENABLED);
    channel.setEnabled(enabled.isEmpty() || Boolean.parseBoolean(enabled));
    channel.setUnit(text(config, AssetConstants.VALUE_UNIT));
    return Optional.of(channel);
  }

  private static Number number(
      String channel,
      Map<String, Object> config,
      AssetConstants key,
      DataType type,
      Number ifEmpty) {
    String text = text(config, key);
    if (text.isEmpty() || !Scaling.isNumeric(type)) {
      return ifEmpty;
    }
    try {
      BigDecimal value = new BigDecimal(text);
      return switch (type) {
        case INTEGER -> value.intValueExact();
        case LONG -> value.longValueExact();
        case FLOAT -> value.floatValue();
        default -> value.doubleValue();
      };
    } catch (NumberFormatException notANumber) {
      throw new AssetConfigurationException(
          channel, key.value(), "is '" + text + "', must be a number of type " + type);
    } catch (ArithmeticException doesNotFit) {
      throw new AssetConfigurationException(
          channel,
          key.value(),
          "is " + text + ", which is no " + type + "; set +scaleoffset.type to DOUBLE");
    }
  }

  private static <E extends Enum<E>> E constant(
      String channel, AssetConstants key, String text, E[] values) {
    List<String> names = new ArrayList<>();
    for (E value : values) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
      names.add(value.name());
    }
    throw new AssetConfigurationException(
        channel, key.value(), "is '" + text + "', must be one of " + String.join(", ", names));
  }

  private static String text(Map<String, Object> config, AssetConstants key) {
    Object value = config.get(key.value());
    return value == null ? "" : value.toString().strip();
  }

  /** Drivers get text only; the elements of an array are joined by commas. */
  private static String asText(Object value) {
    if (!value.getClass().isArray()) {
      return value.toString();
    }
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      elements.add(String.valueOf(Array.get(value, i)));
    }
    return String.join(",", elements);
  }
}
