package org.penstock.flow.script;

import java.util.Map;
import java.util.Set;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;
import org.penstock.api.script.ScriptException.Reason;

/** Which native function needs which look. All others have their sizes looked at. */
final class Checks {

  private static final int ARGUMENTS = 1_000;

  private static final Map<String, Check> BY_NAME =
      Map.ofEntries(
          Map.entry("String.prototype.repeat", Checks::repeat),
          Map.entry("String.prototype.padStart", Checks::pad),
          Map.entry("String.prototype.padEnd", Checks::pad),
          Map.entry("String.prototype.concat", Checks::joined),
          Map.entry("String.prototype.replace", Checks::replace),
          Map.entry("String.prototype.replaceAll", Checks::replace),
          Map.entry("String.prototype.split", Checks::search),
          Map.entry("String.prototype.indexOf", Checks::search),
          Map.entry("String.prototype.lastIndexOf", Checks::search),
          Map.entry("String.prototype.includes", Checks::search),
          Map.entry("Array.prototype.concat", Checks::concat),
          Map.entry("Array.prototype.flat", Checks::flat),
          Map.entry("Array.prototype.sort", Checks::compared),
          Map.entry("Array.prototype.indexOf", Checks::compared),
          Map.entry("Array.prototype.lastIndexOf", Checks::compared),
          Map.entry("Array.prototype.includes", Checks::compared),
          Map.entry("Array.from", Checks::from),
          Map.entry("Function.prototype.apply", Checks::apply),
          Map.entry("JSON.stringify", Checks::stringify));

  private static final Set<String> ONE_BY_ONE = Set.of("push", "pop", "at");

  private Checks() {}

  static Check of(String name) {
    Check special = BY_NAME.get(name);
    if (special != null) {
      return special;
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return name.startsWith("Array.prototype.") && !ONE_BY_ONE.contains(last)
        ? Checks::array
        : Check::sizes;
  }

  private static long array(String name, Scriptable self, Object... arguments) {
    return Check.elements(name, self) + Check.sizes(name, null, arguments);
  }

  private static long repeat(String name, Scriptable self, Object... arguments) {
    long length = Check.sizes(name, self, arguments);
    double result = length * Math.max(0, Check.number(name, arguments, 0));
    Limits.text("result of " + name, (long) Math.min(result, Long.MAX_VALUE / 2));
    return (long) result;
  }

  private static long pad(String name, Scriptable self, Object... arguments) {
    double result = Check.number(name, arguments, 0);
    Limits.text("result of " + name, (long) Math.min(result, Long.MAX_VALUE / 2));
    return Check.sizes(name, self, arguments);
  }

  private static long joined(String name, Scriptable self, Object... arguments) {
    long size = Check.sizes(name, self, arguments);
    Limits.text("result of " + name, size);
    return size;
  }

  /** Each match may put in the whole replacement, and with a dollar sign the text itself. */
  private static long replace(String name, Scriptable self, Object... arguments) {
    long size = Check.sizes(name, self, arguments);
    long length = Check.size(self);
    if (Check.argument(arguments, 1) instanceof CharSequence by) {
      long dollars = by.chars().filter(c -> c == '$').count();
      boolean text = Check.argument(arguments, 0) instanceof CharSequence;
      long matches = text && name.endsWith("replace") ? 1 : length + 1;
      Limits.work(name, matches * (by.length() + dollars * length));
    }
    return size + search(name, self, arguments);
  }

  private static long search(String name, Scriptable self, Object... arguments) {
    long size = Check.sizes(name, self, arguments);
    if (Check.argument(arguments, 0) instanceof CharSequence pattern) {
      long length = Check.size(self);
      Limits.work(
          name,
          Math.min(pattern.length(), 64) == pattern.length() ? length : length * pattern.length());
    }
    return size;
  }

  private static long concat(String name, Scriptable self, Object... arguments) {
    long total = Check.elements(name, self);
    for (Object argument : arguments) {
      total += argument instanceof Scriptable ? Check.elements(name, argument) : 1;
      Limits.list("result of " + name, total);
    }
    return total;
  }

  private static long flat(String name, Scriptable self, Object... arguments) {
    if (arguments.length > 0
        && !Undefined.isUndefined(arguments[0])
        && Check.number(name, arguments, 0) > 1) {
      throw new Stop(Reason.SIZE, name + " goes one level deep only");
    }
    long total = Check.elements(name, self);
    if (self instanceof NativeArray array) {
      for (long i = 0; i < array.getLength(); i++) {
        total += Check.size(array.get((int) i, array));
        Limits.list("result of " + name, total);
      }
    }
    return total;
  }

  private static long compared(String name, Scriptable self, Object... arguments) {
    return array(name, self, arguments) + 16 * Check.texts(name, self);
  }

  private static long from(String name, Scriptable self, Object... arguments) {
    return Check.elements(name, Check.argument(arguments, 0));
  }

  private static long apply(String name, Scriptable self, Object... arguments) {
    Object list = Check.argument(arguments, 1);
    if (list == null || Undefined.isUndefined(list)) {
      return 0;
    }
    long elements = Check.elements(name, list);
    if (elements > ARGUMENTS) {
      throw Limits.tooLarge("arguments of " + name, elements, ARGUMENTS);
    }
    return elements;
  }

  private static long stringify(String name, Scriptable self, Object... arguments) {
    return Weight.of(name, arguments);
  }

  /** For what makes arrays of bytes and numbers. */
  static long buffer(String name, Scriptable self, Object... arguments) {
    Object first = Check.argument(arguments, 0);
    if (first instanceof Scriptable && !Undefined.isUndefined(first)) {
      return Check.elements(name, first);
    }
    double wanted = Check.number(name, arguments, 0);
    if (wanted > Limits.TEXT) {
      throw Limits.tooLarge("elements of " + name, (long) wanted, Limits.TEXT);
    }
    return (long) wanted;
  }
}
