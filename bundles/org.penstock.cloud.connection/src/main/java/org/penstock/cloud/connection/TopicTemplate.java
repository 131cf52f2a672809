package org.penstock.cloud.connection;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic in which {@code $name} stands for a property of the message. An unknown name stays as it
 * is. Unchangeable.
 */
record TopicTemplate(String text) {

  private static final Pattern NAME = Pattern.compile("\\$([^\\s/]+)");

  String fill(Map<String, Object> properties) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return NAME.matcher(text)
        .replaceAll(
            found -> {
              Object value = properties.get(found.group(1));
              return Matcher.quoteReplacement(value == null ? found.group() : value.toString());
            });
  }
}
