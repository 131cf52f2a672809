package org.penstock.flow.script;

import java.util.Map;
import java.util.Set;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Symbol;
import org.mozilla.javascript.SymbolScriptable;
import org.mozilla.javascript.TopLevel;
import org.mozilla.javascript.Undefined;

/** Makes the globals of a script: what is harmless, with guards before all that could be large. */
final class Globals {

  private static final int FIXED = ScriptableObject.READONLY | ScriptableObject.PERMANENT;

  private static final Set<String> BUFFERS =
      Set.of(
          "ArrayBuffer",
          "Int8Array",
          "Uint8Array",
          "Uint8ClampedArray",
          "Int16Array",
          "Uint16Array",
          "Int32Array",
          "Uint32Array",
          "Float32Array",
          "Float64Array");

  private static final Set<String> GUARDED =
      Set.of(
          "Object",
          "Array",
          "String",
          "Number",
          "Boolean",
          "Date",
          "Math",
          "JSON",
          "RegExp",
          "Symbol",
          "Map",
          "Set",
          "WeakMap",
          "WeakSet",
          "DataView",
          "Error");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "parseInt",
          "parseFloat",
          "isNaN",
          "isFinite",
          "encodeURI",
          "encodeURIComponent",
          "decodeURI",
          "decodeURIComponent",
          "escape",
          "unescape");

  private static final Set<String> KEPT =
      Set.of(
          "EvalError",
          "RangeError",
          "ReferenceError",
          "SyntaxError",
          "TypeError",
          "URIError",
          "InternalError",
          "NaN",
          "Infinity",
          "undefined",
          "globalThis");

  private static final Set<String> REMOVED =
      Set.of("toSource", "raw", "captureStackTrace", "prepareStackTrace", "stackTraceLimit");

  /** What remains of constructors that have each of their prototype's functions once more. */
  private static final Map<String, Set<String>> STATICS =
      Map.of(
          "Array", Set.of("isArray", "of", "from", "prototype"),
          "String", Set.of("fromCharCode", "fromCodePoint", "prototype"));

  private Globals() {}

  static ScriptableObject make(Context context) {
    ScriptableObject scope = context.initSafeStandardObjects(new TopLevel(), false);
    Scriptable functions = ScriptableObject.getFunctionPrototype(scope);
    Object[] ids = scope.getAllIds();
    for (Object id : ids) {
      String name = id.toString();
      if (GUARDED.contains(name)) {
        guardAll(name, (Scriptable) scope.get(name, scope));
      } else if (BUFFERS.contains(name)) {
        replaceConstructor(scope, name);
      } else if (FUNCTIONS.contains(name)) {
        replace(scope, name, name);
      } else if (!KEPT.contains(name)) {
        remove(scope, name);
      }
    }
    guardMembers("Function.prototype", functions);
    for (Object id : ids) {
      if (scope.get(id.toString(), scope) instanceof Scriptable kept) {
        cutConstructor(kept);
      }
    }
    define(functions, "constructor", Undefined.instance);
    define(
        TopLevel.getBuiltinPrototype(scope, TopLevel.Builtins.GeneratorFunction),
        "constructor",
        Undefined.instance);
    joins(scope);
    scope.defineProperty(Source.JOINED, new Joined(), FIXED | ScriptableObject.DONTENUM);
    return scope;
  }

  private static void cutConstructor(Scriptable global) {
    remove(global, "toSource");
  }

  private static void joins(ScriptableObject scope) {
    Scriptable arrays = ScriptableObject.getClassPrototype(scope, "Array");
    for (String name : new String[] {"join", "toString", "toLocaleString"}) {
      Joining joining = new Joining("join".equals(name));
      adopt(joining, arrays, scope);
      define(arrays, name, joining);
    }
  }

  private static void adopt(BaseFunction function, Scriptable of, Scriptable scope) {
    function.setParentScope(scope);
    function.setPrototype(
        ScriptableObject.getFunctionPrototype(of.getParentScope() == null ? scope : of));
  }

  private static void guardAll(String name, Scriptable global) {
    guardMembers(name, global);
    if (global.get("prototype", global) instanceof Scriptable prototype) {
      guardMembers(name + ".prototype", prototype);
    }
  }

  private static void guardMembers(String name, Scriptable of) {
    for (Object id : ((ScriptableObject) of).getAllIds()) {
      if (id instanceof String member && !"constructor".equals(member)) {
        if (REMOVED.contains(member)
            || STATICS.containsKey(name)
                && !STATICS.get(name).contains(member)
                && of.get(member, of) instanceof Function) {
          remove(of, member);
        } else if (!isAccessor(of, member)) {
          replace(of, member, name + "." + member);
        }
      } else if (id instanceof Symbol symbol
          && of instanceof SymbolScriptable some
          && some.get(symbol, of) instanceof Function function) {
        Guard guard = new Guard(name + "." + symbol, Checks.of(name + "." + symbol), function);
        adopt(guard, of, of.getParentScope());
        if (of instanceof ScriptableObject object) {
          object.setAttributes(symbol, ScriptableObject.DONTENUM);
          some.put(symbol, of, guard);
        }
      }
    }
  }

  private static boolean isAccessor(Scriptable of, String member) {
    return of instanceof ScriptableObject object && Check.computed(object, member);
  }

  private static void replace(Scriptable of, String member, String name) {
    if (of.get(member, of) instanceof Function function && !"prototype".equals(member)) {
      Guard guard = new Guard(name, Checks.of(name), function);
      Scriptable scope = of.getParentScope() == null ? of : of.getParentScope();
      guard.setParentScope(scope);
      guard.setPrototype(ScriptableObject.getFunctionPrototype(scope));
      define(of, member, guard);
    }
  }

  private static void replaceConstructor(ScriptableObject scope, String name) {
    BaseFunction constructor = (BaseFunction) scope.get(name, scope);
    guardAll(name, constructor);
    Guard guard = new Guard(name, Checks::buffer, constructor);
    adopt(guard, scope, scope);
    Object prototype = constructor.get("prototype", constructor);
    guard.setImmunePrototypeProperty(prototype);
    for (Object id : constructor.getAllIds()) {
      if (id instanceof String member
          && !Set.of("prototype", "length", "name", "arity", "arguments").contains(member)) {
        guard.defineProperty(member, constructor.get(member, constructor), FIXED);
      }
    }
    define((Scriptable) prototype, "constructor", guard);
    define(scope, name, guard);
  }

  private static void define(Scriptable of, String name, Object value) {
    ScriptableObject object = (ScriptableObject) of;
    object.setAttributes(name, ScriptableObject.EMPTY);
    object.delete(name);
    object.defineProperty(name, value, ScriptableObject.DONTENUM);
  }

  private static void remove(Scriptable of, String name) {
    if (of instanceof ScriptableObject object && object.has(name, object)) {
      object.setAttributes(name, ScriptableObject.EMPTY);
      object.delete(name);
    }
  }

  /** What {@link Source} puts around everything that may join texts. */
  private static final class Joined extends BaseFunction {

    private static final long serialVersionUID = 1L;

    @Override
    public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
      if (arguments[0] instanceof CharSequence text && text.length() > Limits.TEXT) {
        throw Cell.meter(context)
            .stop(context, Limits.tooLarge("length of a text", text.length(), Limits.TEXT));
      }
      return arguments[0];
    }
  }
}
