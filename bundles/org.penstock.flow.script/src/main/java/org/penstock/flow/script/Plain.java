package org.penstock.flow.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.Undefined;
import org.penstock.api.script.ScriptException.Reason;
import org.penstock.api.script.ScriptFunction;

/** Turns plain values into the script's and back. Only within a run. */
final class Plain {

  private static final int DEPTH = 32;

  private final Context context;
  private final Scriptable scope;
  private final int[] left = {Limits.LIST * 4};

  Plain(Context context, Scriptable scope) {
    this.context = context;
    this.scope = scope;
  }

  Object in(Object value) {
    if (value instanceof Map<?, ?> map) {
      Scriptable object = context.newObject(scope);
      map.forEach((key, one) -> ScriptableObject.putProperty(object, key.toString(), in(one)));
      return object;
    }
    if (value instanceof List<?> list) {
      return context.newArray(scope, list.stream().map(this::in).toArray());
    }
    if (value instanceof byte[] bytes) {
      Object[] numbers = new Object[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        numbers[i] = (double) (bytes[i] & 0xFF);
      }
      return context.newArray(scope, numbers);
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    return value instanceof Boolean || value == null ? value : value.toString();
  }

  Object out(Object value) {
    return out(value, 0);
  }

  private Object out(Object value, int depth) {
    if (depth > DEPTH || --left[0] < 0) {
      throw new Stop(Reason.SIZE, "the result is too deep, too large or leads into itself");
    }
    if (value == null || Undefined.isUndefined(value) || value == Scriptable.NOT_FOUND) {
      return null;
    }
    if (value instanceof CharSequence text) {
      Limits.text("the result", text.length());
      left[0] -= text.length() / 16;
      return text.toString();
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof Boolean || value instanceof Symbol) {
      return value instanceof Boolean ? value : value.toString();
    }
    if (value instanceof List<?> list && value instanceof Scriptable array) {
      Limits.list("the result", length(array, list));
      List<Object> plain = new ArrayList<>();
      for (int i = 0; i < length(array, list); i++) {
        plain.add(out(ScriptableObject.getProperty(array, i), depth + 1));
      }
      return plain;
    }
    if (value instanceof BaseFunction || !(value instanceof Scriptable object)) {
      return null;
    }
    return unboxed(object, depth);
  }

  private static long length(Scriptable array, List<?> list) {
    return array instanceof NativeArray one ? one.getLength() : list.size();
  }

  private Object unboxed(Scriptable object, int depth) {
    switch (object.getClassName()) {
      case "String", "Number", "Boolean", "Date":
        return out(
            object.getDefaultValue("Date".equals(object.getClassName()) ? Number.class : null),
            depth + 1);
      default:
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Object id : object.getIds()) {
          if (id instanceof String || id instanceof Integer) {
            Object one =
                id instanceof Integer index
                    ? ScriptableObject.getProperty(object, index)
                    : ScriptableObject.getProperty(object, (String) id);
            if (!(one instanceof BaseFunction)) {
              plain.put(id.toString(), out(one, depth + 1));
            }
          }
        }
        return plain;
    }
  }

  /** A function of the gateway for the script. */
  static BaseFunction function(ScriptFunction function) {
    return new Outward(function);
  }

  private static final class Outward extends BaseFunction {

    private static final long serialVersionUID = 1L;
    private final transient ScriptFunction function;

    Outward(ScriptFunction function) {
      this.function = function;
    }

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
      List<Object> plain = new ArrayList<>();
      for (Object argument : arguments) {
        plain.add(new Plain(context, scope).out(argument));
      }
      return new Plain(context, scope).in(function.call(plain));
    }
  }
}
