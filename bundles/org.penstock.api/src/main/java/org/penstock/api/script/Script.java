package org.penstock.api.script;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A compiled script with globals of its own. Values that go in and out are plain: null, Boolean,
 * String, Double (any Number goes in), byte[] (a list of numbers inside), List and Map with String
 * keys. One run at a time; any thread may call, others wait.
 */
@ProviderType
public interface Script {

  /**
   * Runs the whole script. Globals that it sets are there in the next run, unless they hold more than 8
   * MB: then they are dropped, and it ends with reason MEMORY.
   *
   * @param variables globals that are set before
   * @param result the global that is given back, not set before the run; null for the value of the
   *     last statement
   * @return null when the script has left it undefined
   * @throws ScriptException when it failed or was stopped; globals set until then remain
   */
  Object run(Map<String, ?> variables, String result) throws ScriptException;

  /**
   * Calls a function that the script defines; the script itself is run once before, and not again.
   *
   * @throws ScriptException when it failed or was stopped, or has no such function
   */
  Object call(String function, List<?> arguments) throws ScriptException;

  /**
   * Other source with the globals of this one; both may be used on.
   *
   * @throws ScriptException with reason SYNTAX
   */
  Script replace(String source) throws ScriptException;
}
