package org.penstock.api.configuration;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a factory knows about configurations beyond its definition: the syntax of a text, values that
 * exclude each other. A service with the property {@link #FACTORY}; {@link ConfigurationCheck} asks it.
 * Any thread may call; it must not block.
 */
@ConsumerType
public interface InstanceCheck {

  /** Service property: the factory pid whose instances are checked. */
  String FACTORY = "checked.factory.pid";

  /**
   * Checks the values that an instance would have.
   *
   * @param pid the instance's {@code kura.service.pid}
   * @param values complete: defaults, what is in force, what is given, the last winning
   * @return empty when all is well
   */
  List<Problem> check(String pid, Map<String, Object> values);
}
