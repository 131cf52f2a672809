package org.penstock.flow.script;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.NativeArray;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;
import org.penstock.api.script.ScriptException.Reason;

/** Joins the elements of a list, as {@code join} or {@code toString}, and looks at each step. */
final class Joining extends BaseFunction {

  private static final long serialVersionUID = 1L;
  private static final int DEPTH = 64;

  private final boolean separated;

  /**
   * @param separated takes the separator as argument; else it is a comma
   */
  Joining(boolean separated) {
    this.separated = separated;
  }

  @Override
  public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    try {
      Object given = Check.argument(arguments, 0);
      String by = separated && !Undefined.isUndefined(given) ? ScriptRuntime.toString(given) : ",";
      Limits.text("the separator", by.length());
      StringBuilder text = new StringBuilder();
      join(text, self, by, 0);
      return text.toString();
    } catch (Stop stop) {
      throw Cell.meter(context).stop(context, stop);
    }
  }

  private static void join(StringBuilder text, Scriptable list, String by, int depth) {
    long length = Check.elements("join", list);
    if (depth > DEPTH) {
      throw new Stop(Reason.SIZE, "join: the list is too deep or leads into itself");
    }
    for (long i = 0; i < length; i++) {
      if (i > 0) {
        text.append(by);
      }
      Object one = ScriptableObject.getProperty(list, (int) i);
      if (one instanceof NativeArray inner) {
        join(text, inner, ",", depth + 1);
      } else if (one != null && one != NOT_FOUND && !Undefined.isUndefined(one)) {
        text.append(ScriptRuntime.toString(one));
      }
      Limits.text("result of join", text.length());
    }
  }

  @Override
  public String getFunctionName() {
    return separated ? "join" : "toString";
  }
}
