package org.penstock.flow.script;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Callable;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.mozilla.javascript.Wrapper;
import org.penstock.api.script.ScriptException.Reason;

/** Looks at what a native function is given, before it begins. */
@FunctionalInterface
interface Check {

  /**
   * Looks.
   *
   * @param self null when the function constructs
   * @return how large it is, roughly
   * @throws Stop when it is too large
   */
  long before(String name, Scriptable self, Object[] arguments);

  /** Sizes of all that is given are within bounds. */
  static long sizes(String name, Scriptable self, Object... arguments) {
    long size = one(name, self);
    for (Object argument : arguments) {
      size += one(name, argument);
    }
    return size;
  }

  private static long one(String name, Object value) {
    if (value instanceof CharSequence text) {
      Limits.text("a text given to " + name, text.length());
      return text.length();
    }
    if (value instanceof Scriptable object && !(value instanceof BaseFunction)) {
      long size = size(object);
      if ("String".equals(object.getClassName())) {
        Limits.text("a text given to " + name, size);
      } else if (object instanceof NativeArray) {
        Limits.list("a list given to " + name, size);
      }
      return size;
    }
    return 0;
  }

  /** Characters of a text, elements of a list, else 0. */
  static long size(Object value) {
    if (value instanceof CharSequence text) {
      return text.length();
    }
    if (value instanceof NativeArray array) {
      return array.getLength();
    }
    if (value instanceof Wrapper wrapper && wrapper.unwrap() instanceof CharSequence text) {
      return text.length();
    }
    if (value instanceof Scriptable object && "String".equals(object.getClassName())) {
      Object length = object.get("length", object);
      return length instanceof Number number ? number.longValue() : 0;
    }
    return 0;
  }

  /**
   * Elements of something that a function takes as a list. What could say one length now and another
   * later is refused.
   */
  static long elements(String name, Object value) {
    if (value instanceof NativeArray array) {
      Limits.list("a list given to " + name, array.getLength());
      return array.getLength();
    }
    if (!(value instanceof Scriptable object)) {
      return size(value);
    }
    String kind = object.getClassName();
    if ("String".equals(kind) || kind.endsWith("Array") || "ArrayBuffer".equals(kind)) {
      return size(object);
    }
    if (object instanceof ScriptableObject some && !computed(some, "length")) {
      Object length = object.get("length", object);
      if (length instanceof Number number) {
        Limits.list("a list given to " + name, number.longValue());
        return number.longValue();
      }
      if (length == Scriptable.NOT_FOUND && !ScriptableObject.hasProperty(object, "length")) {
        return 0;
      }
    }
    throw new Stop(Reason.SIZE, name + " takes lists only");
  }

  /** The member's value is given by a function. */
  static boolean computed(ScriptableObject object, String member) {
    return object.getGetterOrSetter(member, 0, object, false) instanceof Callable
        || object.getGetterOrSetter(member, 0, object, true) instanceof Callable;
  }

  /** All texts in a list together are within bounds; other elements may not be compared in bulk. */
  static long texts(String name, Object list) {
    long total = 0;
    if (list instanceof NativeArray array) {
      for (long i = 0; i < array.getLength(); i++) {
        total += 1 + size(array.get((int) i, array));
        Limits.work(name, total);
      }
    }
    return total;
  }

  /** A whole number given as argument; 0 when there is none. An object could say different ones. */
  static double number(String name, Object[] arguments, int index) {
    Object value = index < arguments.length ? arguments[index] : Undefined.instance;
    if (value instanceof Scriptable object && !Undefined.isUndefined(object)) {
      throw new Stop(Reason.SIZE, name + " takes a plain number");
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof CharSequence text && text.length() < 32) {
      return org.mozilla.javascript.ScriptRuntime.toNumber(text.toString());
    }
    return 0;
  }

  static Object argument(Object[] arguments, int index) {
    return index < arguments.length ? arguments[index] : Undefined.instance;
  }
}
