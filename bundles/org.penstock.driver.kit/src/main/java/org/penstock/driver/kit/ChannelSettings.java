package org.penstock.driver.kit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.kura.channel.ChannelRecord;
import org.eclipse.kura.type.DataType;
import org.penstock.api.driver.DriverException;
import org.penstock.api.driver.ErrorKind;

/**
 * The properties of one channel as a driver receives them, read with clear errors. All values may
 * be text; numbers and booleans are taken as they are. Any thread may call.
 */
public final class ChannelSettings {

  /** Key under which the asset hands over the channel's name. */
  public static final String NAME = "+name";

  /** Key under which the asset hands over the type of value that it expects. */
  public static final String VALUE_TYPE = "+value.type";

  private final String channel;
  private final Map<String, Object> properties;

  private ChannelSettings(String channel, Map<String, Object> properties) {
    this.channel = channel;
    this.properties = properties;
  }

  /** The settings of a record's channel. */
  public static ChannelSettings of(ChannelRecord record) {
    return new ChannelSettings(record.getChannelName(), record.getChannelConfig());
  }

  /** The settings handed over with {@code registerChannelListener}; the name comes from {@link #NAME}. */
  public static ChannelSettings of(Map<String, Object> channelConfig) {
    return new ChannelSettings(String.valueOf(channelConfig.get(NAME)), channelConfig);
  }

  /** The channel's name. */
  public String channel() {
    return channel;
  }

  /**
   * The type of value that the asset expects.
   *
   * @throws DriverException of kind CONFIGURATION when missing or unknown
   */
  public DataType valueType() throws DriverException {
    return choice(VALUE_TYPE, DataType.class);
  }

  /** The text of a property without white space around it, when there is any. */
  public Optional<String> find(String key) {
    Object value = properties.get(key);
    return value == null
        ? Optional.empty()
        : Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
  }

  /**
   * The text of a property.
   *
   * @throws DriverException of kind CONFIGURATION when missing or empty
   */
  public String text(String key) throws DriverException {
    Optional<String> text = find(key);
    if (text.isEmpty()) {
      throw fault(key, "is missing");
    }
    return text.get();
  }

  /**
   * A whole number between the bounds, both included; decimal, or hexadecimal with 0x.
   *
   * @throws DriverException of kind CONFIGURATION when missing, no number, or out of range
   */
  public int integer(String key, int min, int max) throws DriverException {
    String text = text(key);
    try {
      long value = Long.decode(text.replaceFirst("^([+-]?)0+(?=[0-9])", "$1"));
      if (value < min || value > max) {
        throw fault(key, "is " + text + ", must be " + min + " to " + max);
      }
      return (int) value;
    } catch (NumberFormatException notANumber) {
      throw fault(key, "is '" + text + "', must be a whole number " + min + " to " + max);
    }
  }

  /**
   * Yes or no, written true or false.
   *
   * @throws DriverException of kind CONFIGURATION when missing or anything else
   */
  public boolean flag(String key) throws DriverException {
    String text = text(key).toLowerCase(Locale.ROOT);
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(key, "is '" + text + "', must be true or false");
    }
    return text.equals("true");
  }

  /**
   * One of an enum's names; upper and lower case are the same.
   *
   * @throws DriverException of kind CONFIGURATION when missing or unknown
   */
  public <E extends Enum<E>> E choice(String key, Class<E> values) throws DriverException {
    String text = text(key);
    for (E value : values.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw fault(
        key, "is '" + text + "', must be one of " + Arrays.toString(values.getEnumConstants()));
  }

  /** An error of kind CONFIGURATION about a property of this channel. */
  public DriverException fault(String key, String problem) {
    return new DriverException(
        ErrorKind.CONFIGURATION, "channel " + channel, "property " + key + " " + problem);
  }
}
