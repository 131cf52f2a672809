package org.eclipse.kura.util.base;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions to texts, and their conversion. */
public final class StringUtil {

  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
  private static final int HEX = 16;

  private StringUtil() {}

  public static boolean isNullOrEmpty(String text) {
    return text == null || text.isEmpty();
  }

  public static String join(CharSequence delimiter, Iterable<?> elements) {
    StringJoiner joined = new StringJoiner(delimiter);
    elements.forEach(e -> joined.add(String.valueOf(e)));
    return joined.toString();
  }

  /** The text with each backslash, u and four digits replaced by the character of that number. */
  public static String unescapeUTF8String(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), HEX))));
  }

  /** The bytes of the text in UTF-8 as hexadecimal digits. */
  public static String toHex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
