package org.penstock.api.job;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something that people can start as a job: a bus scan, an import, a test of a connection. Register
 * it as an OSGi service; {@code POST /api/v1/jobs} starts it by its name.
 */
@ConsumerType
public interface JobKind {

  /** Its name, for example {@code modbus.scan}. */
  String name();

  /** What it does, for people, with its arguments. */
  String description();

  /** What one must be allowed to start it, for example {@code rest.configuration}. */
  String permission();

  /**
   * Prepares the work without doing any of it.
   *
   * @param arguments by name, as given by the caller
   * @throws IllegalArgumentException what is wrong with which argument, in words
   */
  Work work(Map<String, String> arguments);
}
