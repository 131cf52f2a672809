package org.penstock.driver.template;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.kura.type.DataType;
import org.eclipse.kura.type.TypedValue;
import org.eclipse.kura.type.TypedValues;
import org.penstock.api.driver.DriverException;
import org.penstock.driver.kit.ChannelSettings;
import org.penstock.driver.kit.Values;

/**
 * A channel's address, parsed once. Grammar:
 *
 * <pre>
 * address  = "sine/" period [ "/" amplitude ]   period in ms, 10 to 3,600,000; amplitude default 1
 *          | "counter/" name | "walk/" name | "setpoint/" name | "version"
 * name     = letters, digits, '-', '.'
 * </pre>
 *
 * @param address in the form that the device understands
 * @param type of the value that the asset expects
 */
record TemplateChannel(String address, DataType type) {

  /** The only attribute of a channel. */
  static final String ADDRESS = "address";

  private static final Pattern SINE = Pattern.compile("sine/(\\d{2,7})(?:/(\\d+(?:\\.\\d+)?))?");
  private static final Pattern NAMED = Pattern.compile("(counter|walk|setpoint)/[\\w.-]+");
  private static final long LONGEST_PERIOD_MS = 3_600_000;

  /**
   * Parses a channel's settings.
   *
   * @throws DriverException of kind CONFIGURATION that says what would be right
   */
  static TemplateChannel of(ChannelSettings settings) throws DriverException {
    String text = settings.text(ADDRESS).toLowerCase(Locale.ROOT);
    Matcher sine = SINE.matcher(text);
    if (sine.matches() && inRange(Long.parseLong(sine.group(1)))) {
      String amplitude = sine.group(2) == null ? "1" : sine.group(2);
      return new TemplateChannel("sine/" + sine.group(1) + "/" + amplitude, settings.valueType());
    }
    if (NAMED.matcher(text).matches() || text.equals("version")) {
      return new TemplateChannel(text, settings.valueType());
    }
    throw settings.fault(
        ADDRESS,
        "is '%s', must be sine/<10..3600000 ms>[/<amplitude>], counter/<name>, walk/<name>,"
                .formatted(text)
            + " setpoint/<name> or version");
  }

  private static boolean inRange(long periodMillis) {
    return periodMillis >= 10 && periodMillis <= LONGEST_PERIOD_MS;
  }

  /**
   * The device's text as the type that the asset expects.
   *
   * @throws IllegalArgumentException when the type cannot hold it
   */
  TypedValue<?> decode(String text) {
    if (type == DataType.STRING) {
      return TypedValues.newStringValue(text);
    }
    Number number = Values.number(TypedValues.newStringValue(text));
    boolean whole = type == DataType.INTEGER || type == DataType.LONG;
    return Values.typed(whole ? Long.valueOf(Math.round(number.doubleValue())) : number, type);
  }
}
