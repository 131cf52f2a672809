package org.eclipse.kura;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.StringJoiner;

/** Looks up and fills the message of an error code. */
final class Messages {

  private static final String BUNDLE = "org.eclipse.kura.core.messages.KuraExceptionMessagesBundle";

  private Messages() {}

  static String format(Locale locale, KuraErrorCode code, Object... arguments) {
    if (code == null || code == KuraErrorCode.INTERNAL_ERROR) {
      return MessageFormat.format(pattern(locale, KuraErrorCode.INTERNAL_ERROR), joined(arguments));
    }
    return MessageFormat.format(pattern(locale, code), arguments);
  }

  private static String joined(Object... arguments) {
    if (arguments == null || arguments.length == 0) {
      return "";
    }
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
