package org.eclipse.kura.util.osgi;

import org.osgi.framework.Constants;

/** Writes filters of the framework. */
public final class FilterUtil {

  private FilterUtil() {}

  public static String equal(String key, String value) {
    return "(" + key + "=" + quote(value) + ")";
  }

  public static String objectClass(Class<?> type) {
    return equal(Constants.OBJECTCLASS, type.getName());
  }

  /** The operator before all parts. */
  public static String expressions(String operator, String... parts) {
    return "(" + operator + String.join("", parts) + ")";
  }

  public static String and(String... parts) {
    return expressions("&", parts);
  }

  public static String or(String... parts) {
    return expressions("|", parts);
  }

  public static String not(String part) {
    return expressions("!", part);
  }

  /** Services of the type with that property. */
  public static String simpleFilter(Class<?> type, String key, String value) {
    return and(objectClass(type), equal(key, value));
  }

  /** The text with a backslash before each special character. */
  public static String quote(String text) {
    return text.replaceAll("[\\\\*()]", "\\\\$0");
  }
}
