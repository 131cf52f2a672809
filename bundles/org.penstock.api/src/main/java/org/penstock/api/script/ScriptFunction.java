package org.penstock.api.script;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** What a script may call outside. Called in the thread that runs the script. */
@ConsumerType
@FunctionalInterface
public interface ScriptFunction {

  /**
   * Called by the script.
   *
   * @param arguments plain values, see {@link Script}
   * @return a plain value or null
   */
  Object call(List<Object> arguments);
}
