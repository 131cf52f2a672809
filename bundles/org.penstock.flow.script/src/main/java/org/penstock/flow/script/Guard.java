package org.penstock.flow.script;

import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;

/** Stands before a native function: looks at what it is given before, and at what it gave after. */
final class Guard extends BaseFunction {

  private static final long serialVersionUID = 1L;
  private static final int LARGE = 1_000;

  private final String name;
  private final transient Check check;
  private final Function behind;

  Guard(String name, Check check, Function behind) {
    this.name = name;
    this.check = check;
    this.behind = behind;
  }

  @Override
  public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
    long size = before(context, self, arguments);
    Object result = behind.call(context, scope, self, arguments);
    return after(context, size, result);
  }

  @Override
  public Scriptable construct(Context context, Scriptable scope, Object[] arguments) {
    long size = before(context, null, arguments);
    return (Scriptable) after(context, size, behind.construct(context, scope, arguments));
  }

  private long before(Context context, Scriptable self, Object... arguments) {
    try {
      long size = check.before(name, self, arguments);
      if (size > LARGE) {
        Cell.meter(context).check(context);
      }
      return size;
    } catch (Stop stop) {
      throw Cell.meter(context).stop(context, stop);
    }
  }

  private Object after(Context context, long size, Object result) {
    long gave = Check.size(result);
    if (result instanceof CharSequence && gave > Limits.TEXT) {
      throw Cell.meter(context)
          .stop(context, Limits.tooLarge("result of " + name, gave, Limits.TEXT));
    }
    if (size + gave > LARGE) {
      Cell.meter(context).check(context);
    }
    return result;
  }

  @Override
  public String getFunctionName() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public int getLength() {
    return behind instanceof BaseFunction function ? function.getLength() : 0;
  }

  @Override
  public int getArity() {
    return getLength();
  }
}
