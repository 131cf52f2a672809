package org.penstock.flow.script;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.penstock.api.script.ScriptException.Reason;

/** How long the JSON of a value will be at most, known before it is written. */
final class Weight {

  private static final int DEPTH = 64;

  private final String name;
  private final int indent;
  private final long[] total = {0};

  private Weight(String name, int indent) {
    this.name = name;
    this.indent = indent;
  }

  static long of(String name, Object... arguments) {
    if (Check.argument(arguments, 1) instanceof BaseFunction) {
      throw new Stop(Reason.SIZE, name + " takes no function");
    }
    Object space = Check.argument(arguments, 2);
    int indent = space instanceof CharSequence text ? Math.min(10, text.length()) : 0;
    if (space instanceof Number number) {
      indent = (int) Math.max(0, Math.min(10, number.doubleValue()));
    }
    Weight weight = new Weight(name, indent);
    weight.add(Check.argument(arguments, 0), 0);
    return weight.total[0];
  }

  private void plus(long characters) {
    total[0] += characters;
    Limits.text("result of " + name, total[0] / 2);
  }

  private void add(Object value, int depth) {
    if (depth > DEPTH) {
      throw new Stop(Reason.SIZE, name + ": the value is too deep or leads into itself");
    }
    plus(2 + (long) indent * depth);
    if (value instanceof CharSequence text) {
      plus(text.length());
    } else if (value instanceof NativeArray array) {
      Limits.list("a list given to " + name, array.getLength());
      for (long i = 0; i < array.getLength(); i++) {
        add(ScriptableObject.getProperty(array, (int) i), depth + 1);
      }
    } else if (value instanceof BaseFunction || Undefined.isUndefined(value)) {
      plus(4);
    } else if (value instanceof Scriptable object) {
      members(object, depth);
    } else {
      plus(8);
    }
  }

  private void members(Scriptable object, int depth) {
    String kind = object.getClassName();
    if ("Date".equals(kind)) {
      plus(24);
      return;
    }
    plus(Check.size(object));
    if (ScriptableObject.hasProperty(object, "toJSON")) {
      throw new Stop(Reason.SIZE, name + " takes no objects with toJSON");
    }
    for (Object id : object.getIds()) {
      if (object instanceof ScriptableObject some && Check.computed(some, id.toString())) {
        throw new Stop(Reason.SIZE, name + " takes no objects with getters");
      }
      plus(id.toString().length());
      add(
          id instanceof Integer index
              ? ScriptableObject.getProperty(object, index)
              : ScriptableObject.getProperty(object, id.toString()),
          depth + 1);
    }
  }
}
