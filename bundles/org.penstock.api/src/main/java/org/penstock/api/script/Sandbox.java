package org.penstock.api.script;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs JavaScript (ECMAScript 5 and most of 6) without any way to the gateway: no Java, no files, no
 * network, no threads. A run may take 100 ms, allocate 32 MB and calls 400 deep; a text may have 65,536
 * characters and a list 10,000 elements. Any thread may call.
 */
@ProviderType
public interface Sandbox {

  /**
   * Compiles a script.
   *
   * @param name stands in messages, for example the component's pid
   * @param functions what the script may call, by the name of the global
   * @throws ScriptException with reason SYNTAX or SIZE
   */
  Script compile(String name, String source, Map<String, ScriptFunction> functions)
      throws ScriptException;
}
