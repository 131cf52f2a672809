package org.penstock.cloud.connection;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.penstock.cloud.connection.form.Sample;

/**
 * A topic in which {@code $name} stands for a property of the message, and {@code ${asset}} and
 * {@code ${channel}} for those of a value. An unknown name stays as it is. Unchangeable.
 */
record TopicTemplate(String text) {

  private static final Pattern NAME = Pattern.compile("\\$([^\\s/]+)");
  private static final Pattern FORBIDDEN = Pattern.compile("[+#\u0000]");

  static TopicTemplate of(String text) {
    return new TopicTemplate(text);
  }

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

  /** For one value; what a topic can't hold in its names becomes an underscore. */
  String fill(Sample sample, Map<String, Object> properties) {
    String filled =
        text.replace("${asset}", level(sample.asset()))
            .replace("${channel}", level(sample.channel()));
    return new TopicTemplate(filled).fill(properties);
  }

  private static String level(String name) {
    return FORBIDDEN.matcher(name).replaceAll("_");
  }
}
