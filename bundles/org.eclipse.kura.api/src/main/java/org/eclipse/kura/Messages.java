package org.eclipse.kura;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks up and fills the message of an error code. */
final class Messages {

  private static final String BUNDLE = "org.eclipse.kura.core.messages.KuraExceptionMessagesBundle";

  private static final Pattern HOLE = Pattern.compile("[:. ]*\\{(\\d+)\\}");

  private Messages() {}

  static String format(Locale locale, KuraErrorCode code, Object... arguments) {
    Object[] given = arguments == null ? new Object[0] : arguments;
    if (code == null || code == KuraErrorCode.INTERNAL_ERROR) {
      Object[] one = given.length == 0 ? given : new Object[] {joined(given)};
      return fill(locale, pattern(locale, KuraErrorCode.INTERNAL_ERROR), one);
    }
    return fill(locale, pattern(locale, code), given);
  }

  private static String fill(Locale locale, String pattern, Object... arguments) {
    String text = HOLE.matcher(pattern).replaceAll(hole -> hole(hole, arguments.length));
    return new MessageFormat(text, locale).format(arguments);
  }

  /** A place for which there is no argument is dropped with the punctuation before it. */
  private static String hole(MatchResult hole, int arguments) {
    boolean filled = Integer.parseInt(hole.group(1)) < arguments;
    return filled ? Matcher.quoteReplacement(hole.group()) : "";
  }

  private static String joined(Object... arguments) {
    if (arguments.length == 1) {
      return String.valueOf(arguments[0]);
    }
    StringJoiner joined = new StringJoiner(" - ", " - ", "");
    for (Object argument : arguments) {
      joined.add(String.valueOf(argument));
    }
    return joined.toString();
  }

  private static String pattern(Locale locale, KuraErrorCode code) {
    try {
      return ResourceBundle.getBundle(BUNDLE, locale, Messages.class.getClassLoader())
          .getString(code.name());
    } catch (MissingResourceException e) {
      return "Generic error, code " + code.name();
    }
  }
}
